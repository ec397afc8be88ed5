#include "tools/client/pkcs11_signer.h"

#include <Poco/Exception.h>
#include <Poco/SharedLibrary.h>
#include <Poco/URI.h>
#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "crypto/digest.h"
#include "crypto/external_key.h"
#include "crypto/fault.h"
#include "tools/home/files.h"
#include "tools/home/home.h"

namespace tools {
namespace {

constexpr std::size_t kLabelBytes = 32, kSlotsMax = 256;

/// A curve as tokens name it in DER: an OID, for Edwards curves also a name (PKCS #11 v3.0, 2.3.5); and its points.
struct Curve {
  std::string_view parameters;
  crypto::Suite suite;
  std::size_t point_bytes;
};
constexpr Curve kCurves[] = {{"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", crypto::Suite::p256_sha256, 65},
                             {"\x06\x03\x2b\x65\x70", crypto::Suite::ed25519_sha256, 32},
                             {"\x13\x0c"
                              "edwards25519",
                              crypto::Suite::ed25519_sha256, 32}};
constexpr unsigned char kOctetString = 0x04;

struct Address {
  std::string token, object, module, pin_file;
};

std::string decoded(std::string_view text) {
  std::string out;
  Poco::URI::decode(std::string(text), out);
  return out;
}

void take(Address& out, std::string_view attribute) {
  const auto equals = attribute.find('=');
  const std::string_view name = attribute.substr(0, equals);
  const std::string value = equals == attribute.npos ? "" : decoded(attribute.substr(equals + 1));
  if (name == "pin-value") throw UsageError("a PIN in the command line is seen by others: give pin-source=file:/path");
  const std::map<std::string_view, std::string Address::*> members{{"token", &Address::token},
                                                                   {"object", &Address::object},
                                                                   {"module-path", &Address::module},
                                                                   {"pin-source", &Address::pin_file}};
  const auto member = members.find(name);
  if (member == members.end()) throw UsageError("pkcs11: does not know " + std::string(name));
  out.*member->second = value;
}

Address parse(std::string_view text) {
  Address out;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(";?&"), text.size());
    if (end > 0) take(out, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (out.token.empty() || out.object.empty() || out.module.empty())
    throw UsageError("pkcs11:token=T;object=O?module-path=/usr/lib/module.so is wanted");
  if (out.pin_file.starts_with("file:")) out.pin_file.erase(0, 5);
  return out;
}

std::string read_pin(const Address& address) {
  if (!address.pin_file.empty()) {
    std::string pin = read_private_file(address.pin_file);
    while (!pin.empty() && (pin.back() == '\n' || pin.back() == '\r')) pin.pop_back();
    return pin;
  }
  const char* pin = std::getenv("TALLYSTICK_PIN");
  if (!pin) throw UsageError("the token's PIN is missing: pin-source=file:/path, or TALLYSTICK_PIN");
  return pin;
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// One open session with a token. Thread-safe.
class Token {
 public:
  explicit Token(const Address& address) : module_(address.module) {
    CK_C_GetFunctionList get = nullptr;
    void* symbol = module_.getSymbol("C_GetFunctionList");
    static_assert(sizeof get == sizeof symbol);
    std::memcpy(&get, &symbol, sizeof get);
    must(get(&calls_), "C_GetFunctionList");
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    must(calls_->C_Initialize(&arguments), "C_Initialize");
    open(find_slot(address.token), address);
  }
  ~Token() {
    calls_->C_CloseSession(session_);
    calls_->C_Finalize(nullptr);
  }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;

  crypto::PublicKey public_key(const std::string& label) {
    const CK_OBJECT_HANDLE object = find(CKO_PUBLIC_KEY, label);
    const std::string parameters = attribute(object, CKA_EC_PARAMS), point = attribute(object, CKA_EC_POINT);
    const auto curve = std::find_if(std::begin(kCurves), std::end(kCurves),
                                    [&](const Curve& each) { return each.parameters == parameters; });
    if (curve == std::end(kCurves)) throw UsageError("the key " + label + " is none on P-256 or Ed25519");
    suite_ = curve->suite;
    const std::string head{static_cast<char>(kOctetString), static_cast<char>(curve->point_bytes)};
    const bool whole = point.size() == head.size() + curve->point_bytes && point.starts_with(head);
    auto key = crypto::PublicKey::parse_raw(suite_, whole ? point.substr(head.size()) : point);
    if (!key) throw UsageError("the public key " + label + " in the token cannot be read");
    return *key;
  }
  void choose(const std::string& label) { private_key_ = find(CKO_PRIVATE_KEY, label); }

  std::string sign(std::string_view message) {
    const std::lock_guard lock(mutex_);
    // Ed25519 signs the message itself.
    const bool is_edwards = suite_ == crypto::Suite::ed25519_sha256;
    CK_MECHANISM mechanism{is_edwards ? CKM_EDDSA : CKM_ECDSA, nullptr, 0};
    std::string input(is_edwards ? message : crypto::sha256(message).view());
    std::string out(256, '\0');
    CK_ULONG size = out.size();
    signed_well(calls_->C_SignInit(session_, &mechanism, private_key_), "C_SignInit");
    signed_well(calls_->C_Sign(session_, bytes_of(input), input.size(), bytes_of(out), &size), "C_Sign");
    out.resize(size);
    return out;
  }

 private:
  static std::string code_of(const char* call, CK_RV code) {
    return std::string("the token refused ") + call + " with code " + std::to_string(code);
  }
  static void must(CK_RV code, const char* call) {
    if (code == CKR_PIN_INCORRECT || code == CKR_PIN_LEN_RANGE || code == CKR_PIN_INVALID)
      throw UsageError("the token says that the PIN is wrong; after some more tries it locks itself");
    if (code == CKR_PIN_LOCKED) throw UsageError("the token is locked: its administrator must set a new PIN");
    if (code != CKR_OK) throw UsageError(code_of(call, code));
  }
  static void signed_well(CK_RV code, const char* call) {
    if (code != CKR_OK) throw crypto::CryptoFault(code_of(call, code));
  }

  CK_SLOT_ID find_slot(const std::string& label) {
    std::vector<CK_SLOT_ID> slots(kSlotsMax);
    CK_ULONG count = slots.size();
    must(calls_->C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList");
    for (CK_ULONG i = 0; i < count; ++i) {
      CK_TOKEN_INFO info{};
      must(calls_->C_GetTokenInfo(slots[i], &info), "C_GetTokenInfo");
      std::string_view name(reinterpret_cast<const char*>(info.label), kLabelBytes);
      name = name.substr(0, name.find_last_not_of(' ') + 1);
      if (name == label) return slots[i];
    }
    throw UsageError("there is no token " + label + " in a slot of this module");
  }

  void open(CK_SLOT_ID slot, const Address& address) {
    must(calls_->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session_), "C_OpenSession");
    std::string pin = read_pin(address);
    const CK_RV code = calls_->C_Login(session_, CKU_USER, bytes_of(pin), pin.size());
    if (code != CKR_USER_ALREADY_LOGGED_IN) must(code, "C_Login");
  }

  CK_OBJECT_HANDLE find(CK_OBJECT_CLASS kind, const std::string& label) {
    std::string name = label;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &kind, sizeof kind}, {CKA_LABEL, name.data(), name.size()}};
    CK_OBJECT_HANDLE found[2] = {};
    CK_ULONG count = 0;
    must(calls_->C_FindObjectsInit(session_, wanted, 2), "C_FindObjectsInit");
    must(calls_->C_FindObjects(session_, found, 2, &count), "C_FindObjects");
    must(calls_->C_FindObjectsFinal(session_), "C_FindObjectsFinal");
    if (count != 1) throw UsageError("there is not exactly one key " + label + " in the token");
    return found[0];
  }

  std::string attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    std::string out(512, '\0');
    CK_ATTRIBUTE one{type, out.data(), out.size()};
    must(calls_->C_GetAttributeValue(session_, object, &one, 1), "C_GetAttributeValue");
    out.resize(one.ulValueLen);
    return out;
  }

  Poco::SharedLibrary module_;
  CK_FUNCTION_LIST_PTR calls_ = nullptr;
  CK_SESSION_HANDLE session_ = 0;
  CK_OBJECT_HANDLE private_key_ = 0;
  crypto::Suite suite_ = crypto::Suite::p256_sha256;
  std::mutex mutex_;
};

}  // namespace

crypto::PrivateKey open_pkcs11(const std::string& text) {
  const Address address = parse(text);
  try {
    const auto token = std::make_shared<Token>(address);
    const crypto::PublicKey key = token->public_key(address.object);
    token->choose(address.object);
    return crypto::external_key(key, [token](std::string_view message) { return token->sign(message); });
  } catch (const Poco::Exception& error) {
    throw UsageError("the module " + address.module + " cannot be loaded: " + error.displayText());
  }
}

}  // namespace tools
