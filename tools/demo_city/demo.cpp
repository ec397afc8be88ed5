#include "tools/demo_city/demo.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "api/console/assets.h"
#include "api/console/static_files.h"
#include "api/routes/service_server.h"
#include "crypto/random.h"
#include "registry/base/fault.h"
#include "registry/store/sqlite/access_file.h"
#include "tools/cli/chain_head.h"
#include "tools/cli/signal_gate.h"
#include "tools/cli/token_file.h"
#include "tools/demo_city/month.h"
#include "tools/demo_city/news.h"
#include "tools/demo_city/report.h"
#include "tools/home/home.h"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with the demo when nobody named it.
class DemoFolder {
 public:
  explicit DemoFolder(const std::string& named)
      : path_(named.empty() ? fs::temp_directory_path() / ("tallystick-demo-" + crypto::random_hex(4))
                            : fs::path(named)),
        goes_(named.empty()) {
    fs::create_directories(path_);
    if (goes_) fs::permissions(path_, fs::perms::owner_all);
  }
  ~DemoFolder() {
    std::error_code ignored;
    if (goes_) fs::remove_all(path_, ignored);
  }
  DemoFolder(const DemoFolder&) = delete;
  DemoFolder& operator=(const DemoFolder&) = delete;
  const fs::path& path() const { return path_; }
  bool goes() const { return goes_; }

 private:
  fs::path path_;
  bool goes_;
};

HomeConfig city_config() {
  HomeConfig config;
  config.ledger = "registry.example/360300";
  config.region = "360300";
  return config;
}

Home new_home(const fs::path& folder, const registry::Clock& clock) {
  Home home = Home::create(folder, city_config());
  open_new_ledger(home, clock);
  return home;
}

/// Whose key opens which desk of the console.
struct Seat {
  const char *party, *desk;
};
constexpr Seat kSeats[] = {
    {"huaxin-changsha", "officer 信息员"}, {"ps-pingxiang", "police 公安"}, {"em-pingxiang", "safety 应急"}};

class Demo {
 public:
  explicit Demo(const DemoOptions& options)
      : folder_(options.data_dir),
        first_(registry::local_date(registry::SystemClock().now()).plus_days(-kMonthDays)),
        clock_(first_),
        home_(new_home(folder_.path(), clock_)),
        regulator_(add_token(home_, api::Role::regulator, "", "the demo's report")),
        officer_(add_token(home_, api::Role::officer, "huaxin-changsha", "the receiver in Changsha")),
        ledger_(home_, clock_),
        access_((home_.folder() / "access.db").string()) {
    serve_on(options.port);
  }

  int run(bool once, const SignalGate& signals) {
    ServerLink link(url()), reader(url(), regulator_);
    Players players(link, home_.config().ledger, clock_);
    players.enter(operator_author(reader));
    Month month(players, clock_, log_key());
    if (!play(month)) return stopped();
    clock_.run_free();
    const int code = report(month.story(), reader, players);
    if (once || code != 0) return code;
    std::cout << "\nServing at " << url() << " until Ctrl-C (SIGINT, SIGTERM) 服务运行中\n" << std::flush;
    signals.wait();
    return 0;
  }

 private:
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  crypto::NoteVerifier log_key() const { return identity_of(home_).signer.verifier(); }

  void start(std::uint16_t port) {
    api::ServerConfig config;
    config.port = port;
    config.idle_timeout = std::chrono::seconds(30);
    server_ =
        std::make_unique<api::ServiceServer>(ledger_.registry(), api::TokenBook::load(home_.tokens().string()), config,
                                             api::LogSink{}, std::string{}, api::console_routes(), &access_);
    server_->start();
  }

  void serve_on(std::uint16_t port) {
    try {
      start(port);
    } catch (const registry::Fault&) {
      if (port == 0) throw;
      start(0);
      std::cout << "Port " << port << " is in use; taking " << server_->port() << " instead.\n";
    }
  }

  /// Its chain has the genesis entry behind it.
  Author operator_author(ServerLink& reader) {
    Author author(home_.config().ledger, "operator", home_.operator_key());
    if (const auto head = find_chain_head(reader, author.key().public_key(), {}, false)) author.resume(*head);
    return author;
  }

  static int stopped() {
    std::cout << "stopped before the month was over 已中止\n";
    return 1;
  }

  bool play(Month& month) {
    std::cout << "Tallystick 合符: thirty days of the city 萍乡 (360300), through the HTTP API at " << url() << '\n';
    News news;
    return month.play(first_, [&](const DayNews& day) { return news.tell(day); });
  }

  int report(const Story& story, ServerLink& reader, const Players& players) {
    Reading api(reader);
    Broken broken;
    show_refusal(story, broken);
    show_write_off(api, story, broken);
    show_finding(api, story, broken);
    show_balance(api, first_, clock_.today(), broken);
    show_two_way(api, broken);
    show_duties(api, broken);
    prove(players.entries() + 1, broken);
    players.save_keys(people());
    show_end(players, broken);
    return broken.promises.empty() ? 0 : 1;
  }

  void prove(std::size_t entries, Broken& broken) {
    const DemoFolder beside({});
    const fs::path copy = beside.path() / "ledger.db";
    ledger_.store().backup_to(copy.string());
    show_proof(copy, log_key(), entries, broken);
  }

  fs::path people() const { return folder_.path() / "people"; }

  /// A program built without the web app has nothing to take the keys.
  void show_console() const {
    if (console::assets().empty()) return;
    std::cout << "  console 控制台 " << url() << "/#/keys takes a key file and signs in with it:\n";
    for (const Seat& seat : kSeats)
      std::cout << "                 " << (people() / (std::string(seat.party) + ".pem")).string() << "  " << seat.desk
                << '\n';
  }

  void show_end(const Players& players, const Broken& broken) const {
    heading("Where to look next 接下来");
    std::cout << "  entries 登记 " << players.entries() + 1 << ", requests " << players.requests() << ", time "
              << watch_.seconds() << '\n'
              << "  address 地址   " << url() << '\n'
              << "  regulator 监管 Authorization: Bearer " << regulator_ << '\n'
              << "  officer 信息员 Authorization: Bearer " << officer_ << " (huaxin-changsha)\n"
              << "  try            curl -H 'Authorization: Bearer " << regulator_ << "' " << url() << "/v1/findings\n"
              << "  blind 盲点     the officer sees what is on the road to it without amounts: GET "
                 "/v1/consignments?state=carried\n"
              << "  data 数据      " << folder_.path().string()
              << (folder_.goes() ? " (goes with the demo; --data FOLDER keeps it)\n" : "\n");
    show_console();
    for (const std::string& promise : broken.promises) std::cout << "  NOT AS PROMISED: " << promise << '\n';
    std::cout << (broken.promises.empty() ? "Everything is as promised 全部符合预期\n" : "") << std::flush;
  }

  Stopwatch watch_;
  DemoFolder folder_;
  registry::Date first_;
  DayClock clock_;
  Home home_;
  std::string regulator_, officer_;
  OpenLedger ledger_;
  registry::AccessFile access_;
  std::unique_ptr<api::ServiceServer> server_;
};

}  // namespace

int run_demo(const DemoOptions& options) {
  const SignalGate signals;
  try {
    return Demo(options).run(options.once, signals);
  } catch (const DemoFailure& failure) {
    std::cerr << "\nThe registry did not do what the demo expects.\n" << failure.what() << '\n';
    return 1;
  }
}

}  // namespace tools
