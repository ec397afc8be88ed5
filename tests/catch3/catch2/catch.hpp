#pragma once

// Stands in for the one header of Catch2 version 2 where only version 3 is packaged.
#include <catch2/catch_all.hpp>

using Catch::Approx;

#ifdef CATCH_CONFIG_MAIN
int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#endif
