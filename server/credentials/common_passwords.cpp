// The passwords that are tried first. Both tables are sorted by byte, in lower case.
#include <algorithm>
#include <array>

#include "server/credentials/password_rules.hpp"

namespace wardroom::credentials {
namespace {

// One entry a line would make seven hundred lines of it.
// clang-format off

// Refused as they stand. Those under eight bytes needn't be here: they are too short anyway.
constexpr auto kWhole = std::to_array<std::string_view>({
    "!@#$%^&*", "!@#$1234", "!qaz2wsx", "!qaz@wsx", "00000007", "007007007", "01234567", "0123456789",
    "09876543", "0987654321", "10101010", "101010101", "11111112", "11223344", "1122334455", "112233445566",
    "12121212", "12312312", "123123123", "123321123", "1234!@#$", "12341234", "12344321", "123454321",
    "1234554321", "123456654321", "1234567890", "12345678910", "123456789a", "123456789q", "123456789z",
    "12345678a", "1234567a", "123456aa", "12345qwert", "1234abcd", "1234asdf", "1234qwer", "123qwe123",
    "123qweasd", "123qweasdzxc", "13131313", "13579246", "1357924680", "14725836", "147258369", "159357456",
    "159753456", "1passwor", "1q1q1q1q", "1q2w3e4r", "1q2w3e4r5t", "1qaz!qaz", "1qaz2wsx", "1qaz2wsx3edc",
    "1qaz@wsx", "1qazxsw2", "21212121", "24681012", "69696969", "741852963", "789456123", "7894561230",
    "87654321", "963852741", "987654321", "9876543210", "@dmin123", "a12345678", "a123456789", "a1b2c3d4",
    "a1s2d3f4", "aa123456", "aa12345678", "abc12345", "abcd1234", "adm1n123", "adm1nistrator", "adminadmin",
    "administrador", "administrateur", "agent007", "alejandro", "alexandra", "anastasia", "andreea1",
    "apple123", "argentina", "argentina1", "asd123456", "asdasdasd", "asdf1234", "asdfghjkl;", "assassin",
    "assassin1", "asshole1", "audi1234", "azerty12", "azerty123", "barcelona1", "baseball1", "bayern123",
    "beatles1", "bigboy12", "bigdaddy", "bigmoney", "billion1", "blackmetal", "blink182", "blueberry",
    "bluesky1", "bmw12345", "bond007007", "bonjour1", "borussia", "brasil123", "brasil2014", "brittany",
    "broncos1", "budweiser", "bulldogs", "bullshit", "callofduty", "camaro69", "cardinal", "carolina",
    "cassandra", "catherine", "celtics1", "changeit", "changemenow", "charizard", "charlie1", "cheese123",
    "cheval123", "chevy123", "chouchou", "christina", "christine", "cinderella", "classified", "cocacola",
    "colombia1", "computer1", "confidential", "contrasena1", "corinthians", "correct horse battery staple",
    "correcthorse", "correcthorsebatterystaple", "counterstrike", "courtney", "cupcake1", "danielle",
    "danielle1", "darkness", "darkness1", "darkside", "darkstar", "deathnote", "december1", "default1",
    "digimon1", "dollar123", "donaldduck", "dontforget", "dortmund", "doudou123", "dragon123", "dragonball",
    "dragonballz", "drowssap", "einstein", "eminem123", "fernando", "ferrari1", "flamengo", "football1",
    "forgetit", "forgotten", "fortnite1", "forzainter", "forzamilan", "francesco", "frankfurt", "fuckoff1",
    "fuckyou!", "fuckyou1", "fussball", "gabriel1", "gabriela", "gamer123", "gaming123", "garfield",
    "gators123", "getmoney", "giuseppe", "gladiator", "gmail123", "goodbye1", "goodluck", "goodmorning",
    "guestguest", "guillermo", "guinness", "hallo123", "hallohallo", "halo12345", "hamburg1", "harley123",
    "harleydavidson", "haslo1234", "heineken", "hello123", "hello1234", "hello12345", "hellohello",
    "hellokitty", "helloyou", "hemingway", "hondacivic", "hotmail1", "icecream", "ilovegod", "ilovejesus",
    "iloveme123", "ilovemyself", "iloveyou2", "iloveyousomuch", "imissyou", "internet1", "ironmaiden",
    "isabella1", "iwillwin1", "jackdaniels", "jamesbond", "jetaime1", "johnnywalker", "jonathan",
    "jordan23", "juventus1", "katherine", "kawasaki", "kennwort", "kennwort1", "kimberly", "kochamcie",
    "lakers24", "lauren123", "leagueoflegends", "letmein!", "letmein123", "letmeinnow", "linkinpark",
    "linksys1", "loulou123", "makemoney", "marlboro", "marseille", "masterchief", "maverick", "melissa1",
    "mermaid1", "metallica", "mexico123", "michael1", "michelle1", "mickeymouse", "midnight", "midnight1",
    "millions", "minecraft1", "moneymoney", "moonlight", "motherfucker", "muenchen", "my password",
    "mypass123", "mypassword", "napoleon", "napoli1926", "naruto123", "narutouzumaki", "natalie1",
    "ncc1701d", "ncc1701e", "netgear1", "newpassword", "newton123", "nicholas", "nirvana1", "nissan123",
    "nopass123", "nopassword", "november11", "oldpassword", "onepiece", "opensesame", "p4ssw0rd",
    "p4ssword", "p@$$w0rd", "p@55w0rd", "p@ssw0rd", "p@ssw0rd!", "p@ssw0rd1", "p@ssw0rd123", "p@ssword",
    "pa$$w0rd", "pa$$word", "pa55w0rd", "pa55word", "pa55word1", "packers1", "palmeiras", "parola12",
    "passpass", "passw0rd", "passw0rd!", "passw0rd1", "password!", "password1password", "passwordpassword",
    "passwords", "patriots", "pepsi123", "pikachu1", "pineapple", "playboy1", "player01", "polska123",
    "porsche9", "porsche911", "predator", "princess1", "pumpkin1", "q!w@e#r$", "q1q1q1q1", "q1w2e3r4",
    "q1w2e3r4t5", "qazwsx123", "qazxswedc", "qwe123456", "qweasd123", "qweasdzxc", "qweqweqwe", "qwer!@#$",
    "qwer1234", "qwert123", "qwerty12", "qwerty123456", "qwertyqwerty", "qwertyuiop[]", "raiders1",
    "rainbow1", "rainbow6", "realmadrid1", "rebecca1", "redsox04", "remember", "remember1", "roblox123",
    "rockyou1", "rootroot", "router12", "rush2112", "saopaulo", "sasuke123", "savannah1", "schalke04",
    "schatzi1", "scooby-doo", "scoobydoo", "sebastian", "secretsecret", "security1", "sept1234",
    "shakespeare", "sicherheit", "slipknot", "snoopdogg", "snowball", "snowflake", "socrates", "soleil123",
    "spartan117", "spongebob", "spring99", "starcraft", "starlight", "starwars1", "strawberry", "subaru123",
    "summer99", "sunshine1", "superman1", "teamo123", "teamomucho", "tequiero", "terminator", "testtest",
    "thispassword", "thx1138x", "tinkerbell", "topsecret", "topsecret1", "toyota123", "trustme1",
    "trustno1", "trustnoone", "unicorn1", "useruser", "valentina", "vampire1", "vanessa1", "veronica",
    "warcraft", "watermelon", "werewolf", "whatever1", "wifi1234", "wildcats", "winniethepooh", "winter99",
    "wireless", "worldofwarcraft", "wsxqaz12", "yahoo123", "yamaha123", "yourpassword", "yugioh123",
    "zachary1", "zaq12wsx", "zaq1xsw2", "zaq1zaq1", "zxcv1234", "zxcvbnm,./", "zxczxczxc"});

// Refused also with digits and marks around them: "Summer2026!", "123password".
constexpr auto kCores = std::to_array<std::string_view>({
    "aaaa", "abc", "abcd", "abcde", "abcdef", "abcdefg", "access", "admin", "administrator", "alexander",
    "amazon", "america", "andrew", "android", "angel", "angels", "anthony", "anything", "apple", "april",
    "arsenal", "asdf", "asdfgh", "asdfghjk", "asdfghjkl", "ashley", "august", "autumn", "azerty",
    "azertyuiop", "babygirl", "bailey", "banana", "barcelona", "baseball", "basketball", "batman",
    "benjamin", "berlin", "bienvenue", "bitcoin", "blessed", "bonjour", "brother", "business", "buster",
    "butterfly", "california", "canada", "change", "changeme", "charlie", "chat", "cheese", "chelsea",
    "chicago", "chocolate", "christian", "ciao", "cisco", "company", "computer", "contrasena", "cookie",
    "corvette", "counterstrike", "cowboys", "dallas", "daniel", "debian", "december", "default", "dell",
    "desktop", "diamond", "dolphin", "dragon", "eagle", "elizabeth", "england", "everton", "everything",
    "facebook", "falcon", "fall", "family", "father", "february", "ferrari", "flower", "football",
    "forever", "fortnite", "france", "freedom", "friday", "friends", "gandalf", "geheim", "germany",
    "ginger", "golden", "google", "guest", "hallo", "hannah", "haslo", "heaven", "hello", "helloworld",
    "helpdesk", "heslo", "hockey", "hunter", "iloveu", "iloveyou", "instagram", "internet", "iphone",
    "january", "jennifer", "jessica", "jesus", "jesuschrist", "jordan", "joshua", "july", "june",
    "juventus", "killer", "laptop", "lenovo", "letmein", "lightning", "linkedin", "linux", "liverpool",
    "login", "london", "losenord", "love", "lovely", "loveyou", "lucky", "madrid", "maggie", "manager",
    "manchester", "march", "mario", "master", "matrix", "matthew", "mercedes", "merlin", "michael",
    "michelle", "microsoft", "minecraft", "monday", "money", "monkey", "motdepasse", "mother", "mustang",
    "network", "newyork", "nicole", "ninja", "nintendo", "nothing", "november", "october", "office",
    "oracle", "orange", "panther", "paris", "parola", "passw", "passwd", "password", "passwort", "patrick",
    "pepper", "phoenix", "pirate", "playstation", "pokemon", "porsche", "princess", "purple", "qazwsx",
    "qazwsxedc", "qwerty", "qwertyui", "qwertyuiop", "qwertz", "qwertzuiop", "realmadrid", "robert", "root",
    "salasana", "samantha", "samsung", "saturday", "secret", "secrets", "security", "senha", "september",
    "server", "service", "shadow", "signin", "silver", "sister", "soccer", "something", "sophie",
    "spiderman", "spring", "starwars", "steelers", "stephanie", "success", "summer", "sunday", "sunshine",
    "superman", "superuser", "support", "sweetheart", "system", "temp", "temporary", "test", "tester",
    "testing", "texas", "thomas", "thunder", "thursday", "tiger", "tigger", "trustno", "tuesday", "twitter",
    "ubuntu", "user", "victoria", "wachtwoord", "wardroom", "wednesday", "welcome", "whatever", "whatsapp",
    "william", "willkommen", "windows", "winter", "wolf", "wsxedc", "xbox", "xxx", "xyz", "yankees",
    "yellow", "youtube", "yxcvbnm", "zaq", "zaqwsx", "zelda", "zxcvbn", "zxcvbnm", "пароль", "победа",
    "привет"});

// clang-format on

static_assert(std::is_sorted(kWhole.begin(), kWhole.end()));
static_assert(std::is_sorted(kCores.begin(), kCores.end()));

}  // namespace

bool is_common_password(std::string_view lower_case) {
  return std::binary_search(kWhole.begin(), kWhole.end(), lower_case);
}

bool is_common_core(std::string_view lower_case) {
  return std::binary_search(kCores.begin(), kCores.end(), lower_case);
}

}  // namespace wardroom::credentials
