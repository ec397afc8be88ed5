#include "api/routes/problem_page.h"

#include <nlohmann/json.hpp>

#include "api/access/roles.h"
#include "api/http/preference.h"
#include "api/routes/problem_text.h"
#include "api/routes/route_makers.h"
#include "crypto/digest.h"
#include "registry/rules/pack.h"

namespace api {
namespace {

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6875;--line:#dfe5ea;--paper:#fff;--ground:#f4f6f8;"
    "--mark:#a3341f}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9aa7b4;--line:#2c3742;--paper:#161d25;"
    "--ground:#0f151b;--mark:#f0876f}}"
    "body{margin:0;background:var(--ground);color:var(--ink);"
    "font:16px/1.7 system-ui,\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}"
    "main{max-width:40rem;margin:8vh auto;padding:2.5rem;background:var(--paper);border:1px solid var(--line);"
    "border-top:4px solid var(--mark);border-radius:6px}"
    "h1{margin:0;font-size:1.6rem;line-height:1.35}h2{margin:2rem 0 .3rem;font-size:.85rem;color:var(--soft);"
    "font-weight:600;letter-spacing:.06em}p{margin:.3rem 0}[lang=en]{color:var(--soft)}"
    "code{font:.9rem ui-monospace,monospace}footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid "
    "var(--line);color:var(--soft);font-size:.85rem}@media(max-width:44rem){main{margin:0;border-radius:0}}";

/// The one style is allowed by its hash; nothing else loads, runs, frames or submits.
std::string policy() {
  return "default-src 'none'; style-src 'sha256-" + crypto::sha256(kStyle).base64() +
         "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

void both(std::string& out, std::string_view zh, std::string_view en) {
  out.append("<p lang=\"zh-CN\">").append(html_text(without_facts(zh))).append("</p>\n");
  out.append("<p lang=\"en\">").append(html_text(without_facts(en))).append("</p>\n");
}

void law(std::string& out, const RefusalText& text) {
  if (text.article.empty()) return;
  const bool sure = registry::confirmation_note_zh(text.confidence).empty();
  out.append("<h2>依据 · Article</h2>\n<p lang=\"zh-CN\">").append(html_text(text.article));
  out.append(sure ? "" : "（待确认）").append("</p>\n");
}

std::string page(std::string_view rule, const RefusalText& text) {
  std::string out =
      "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  out.append(html_text(text.title_zh)).append(" · 合符 Tallystick</title>\n<style>").append(kStyle);
  out.append("</style>\n</head>\n<body>\n<main>\n<h1>")
      .append(html_text(text.title_zh))
      .append("</h1>\n<p lang=\"en\">");
  out.append(html_text(text.title)).append("</p>\n<h2>说明 · What it means</h2>\n");
  both(out, text.detail_zh, text.detail);
  out.append("<h2>怎么办 · What to do</h2>\n");
  both(out, text.what_to_do_zh, text.what_to_do);
  law(out, text);
  out.append("<footer><code>").append(html_text(rule)).append("</code>");
  if (text.status >= 400) out.append(" · HTTP ").append(std::to_string(text.status));
  return out.append("</footer>\n</main>\n</body>\n</html>\n");
}

constexpr std::string_view kForms[] = {"text/html", "application/json", "text/markdown", "text/plain"};
constexpr std::string_view kLanguages[] = {"*", "zh", "en"};

std::string_view field(const Request& request, std::string_view name) {
  return request.headers.find(name).value_or(std::string_view());
}

/// A page for a browser shows both languages; text for a terminal the one that is asked for, or both.
Tongue tongue_of(const Request& request) {
  return static_cast<Tongue>(preferred(field(request, "accept-language"), kLanguages));
}

Response html(std::string_view rule, const RefusalText& text) {
  Response response = bytes_response(200, "text/html; charset=utf-8", page(rule, text));
  response.set_header("Content-Security-Policy", policy());
  return response;
}

Response written(const Request& request, std::string_view rule, const RefusalText& text, std::string_view form) {
  const Tongue tongue = tongue_of(request);
  Response response = bytes_response(200, std::string(form) + "; charset=utf-8",
                                     problem_text(rule, text, tongue, form == "text/markdown"));
  response.set_header("Content-Language", tongue == Tongue::english   ? "en"
                                          : tongue == Tongue::chinese ? "zh-CN"
                                                                      : "zh-CN, en");
  return response;
}

registry::Result<Response> get(const Service& service, const Request& request) {
  const std::string& rule = request.parameter("rule");
  const auto text = service.problems.text(rule);
  if (!text) return nothing("rule", rule);
  const std::string_view form = kForms[preferred(field(request, "accept"), kForms)];
  Response response = form == "text/html"          ? html(rule, *text)
                      : form == "application/json" ? json_response(200, problem_json(rule, *text))
                                                   : written(request, rule, *text, form);
  response.set_header("Vary", "Accept, Accept-Language");
  response.set_header("Cache-Control", "public, max-age=3600");
  return response;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += c;
  }
  return out;
}

Routes problem_page_routes(const Service& service) {
  Route route = read_route(
      "/problems/{rule}", "getProblemPage",
      "What a refusal means and what to do: a page, or by Accept text/markdown, text/plain or application/json.", kOpen,
      {}, [&service](const Request& request) { return get(service, request); });
  route.response_type = "text/html; charset=utf-8";
  return {std::move(route)};
}

}  // namespace api
