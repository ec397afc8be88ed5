#include "registry/base/spool_file.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "registry/base/fault.h"

using namespace registry;

TEST_CASE("spool file: gives back what was put in, from any place", "[spool]") {
  SpoolFile file;
  std::string all;
  for (int i = 0; i < 20'000; ++i) all += std::to_string(i) + "\n";
  for (std::size_t at = 0; at < all.size(); at += 777) file.append(std::string_view(all).substr(at, 777));
  file.finish();
  CHECK(file.size() == all.size());
  CHECK(file.read(0, all.size()) == all);
  CHECK(file.read(65'530, 12) == all.substr(65'530, 12));
  CHECK(file.read(all.size() - 3, 100) == all.substr(all.size() - 3));
  CHECK(file.read(all.size(), 100).empty());
  const SpoolFile moved = std::move(file);
  CHECK(moved.read(0, 4) == "0\n1\n");
}

TEST_CASE("spool file: a file that is taken over loses its name and keeps its bytes", "[spool]") {
  const std::string path = make_temporary_file();
  std::ofstream(path) << "written under a name";
  const SpoolFile file = SpoolFile::taken_from(path);
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK(file.read(0, file.size()) == "written under a name");
  CHECK_THROWS_AS(SpoolFile::taken_from(path), Fault);
}
