#include "api/routes/receipt_json.h"

namespace api {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// Space for what stands around the texts.
constexpr std::size_t kFrame = 256;

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out.append("\\u00")
          .append(1, kHex[static_cast<unsigned char>(c) >> 4])
          .append(1, kHex[static_cast<unsigned char>(c) & 15]);
  }
}

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_plain(text[i])) continue;
    out.append(text.substr(start, i - start));
    append_escaped(out, text[i]);
    start = i + 1;
  }
  out.append(text.substr(start)).append("\"");
}

void append_receipt(std::string& out, const registry::Receipt& receipt) {
  out.reserve(out.size() + receipt.leaf.size() + receipt.outcome.size() * 5 / 4 + receipt.proof.size() + kFrame);
  out.append("{\"index\":").append(std::to_string(receipt.index));
  out.append(receipt.known ? ",\"known\":true" : ",\"known\":false");
  out.append(",\"entry_id\":\"").append(receipt.id.hex());
  out.append("\",\"rtime\":\"").append(receipt.rtime.str());
  out.append("\",\"leaf\":");
  append_json_string(out, receipt.leaf);
  out.append(",\"outcome\":");
  append_json_string(out, receipt.outcome);
  out.append(",\"receipt\":");
  append_json_string(out, receipt.proof);
  out += '}';
}

}  // namespace api
