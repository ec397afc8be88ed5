#pragma once

namespace tools {

/// Reads the command line, runs the command, and gives the exit code (exit_codes.h). Catches everything.
int run_command(int argc, char** argv);

}  // namespace tools
