#include "tools/cli/commands.h"

int main(int argc, char** argv) { return tools::run_command(argc, argv); }
