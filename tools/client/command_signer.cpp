#include "tools/client/command_signer.h"

#include <Poco/Exception.h>
#include <Poco/Pipe.h>
#include <Poco/Process.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/external_key.h"
#include "crypto/fault.h"
#include "crypto/json.h"
#include "tools/home/home.h"

namespace tools {
namespace {

constexpr std::size_t kOutputMax = 65'536;

struct Program {
  std::string path;
  std::vector<std::string> arguments;
};

Program parse(const std::string& command_line) {
  std::istringstream in(command_line);
  Program out;
  in >> out.path;
  for (std::string word; in >> word;) out.arguments.push_back(word);
  if (!std::filesystem::path(out.path).is_absolute() || !std::filesystem::is_regular_file(out.path))
    throw UsageError("exec: wants the absolute path of a program, and " + out.path + " is none");
  return out;
}

std::string read_all(Poco::Pipe& pipe) {
  std::string out;
  std::array<char, 4096> piece;
  for (int n = 0; out.size() <= kOutputMax && (n = pipe.readBytes(piece.data(), piece.size())) > 0;)
    out.append(piece.data(), static_cast<std::size_t>(n));
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
  return out;
}

/// What the program prints; throws CryptoFault when it does not end well. A message is far smaller than a pipe.
std::string run(const Program& program, const std::string& verb, std::string_view input) {
  try {
    auto arguments = program.arguments;
    arguments.push_back(verb);
    Poco::Pipe in, out;
    const auto handle = Poco::Process::launch(program.path, arguments, &in, &out, nullptr);
    in.writeBytes(input.data(), static_cast<int>(input.size()));
    in.close();
    std::string answer = read_all(out);
    out.close();
    if (const int code = handle.wait(); code != 0)
      throw crypto::CryptoFault(program.path + " " + verb + " ended with " + std::to_string(code));
    return answer;
  } catch (const Poco::Exception& error) {
    throw crypto::CryptoFault(program.path + " cannot be asked: " + error.displayText());
  }
}

crypto::PublicKey read_public(const Program& program) {
  const auto read = crypto::read_json(run(program, "public", {}));
  const auto* json = std::get_if<crypto::Json>(&read);
  const auto text = [&](const char* name) {
    const bool has = json && json->is_object() && json->contains(name) && (*json)[name].is_string();
    return has ? (*json)[name].get<std::string>() : std::string();
  };
  const auto suite = crypto::parse_suite(text("suite"));
  const auto spki = crypto::parse_base64(text("spki"));
  const auto key = suite && spki ? crypto::PublicKey::parse_spki(*suite, *spki) : std::nullopt;
  if (!key) throw UsageError(program.path + " public does not print {\"spki\", \"suite\"} of a key");
  return *key;
}

}  // namespace

crypto::PrivateKey open_command(const std::string& command_line) {
  const Program program = parse(command_line);
  return crypto::external_key(read_public(program), [program](std::string_view message) {
    const auto signature = crypto::parse_base64(run(program, "sign", message));
    if (!signature) throw crypto::CryptoFault(program.path + " sign does not print base64");
    return *signature;
  });
}

}  // namespace tools
