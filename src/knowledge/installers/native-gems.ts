/**
 * Gems with a part in C that `gem install` compiles, or that are published ready for one C library.
 *
 * Source: `extensions` in the specifications at https://rubygems.org/gems of the gems that Rails applications use most.
 */
const native: ReadonlySet<string> = new Set(
  (
    'argon2 bcrypt bigdecimal bindex bootsnap byebug curb date debug digest-crc eventmachine ffi ' +
    'google-protobuf grpc hiredis hiredis-client http_parser.rb io-console io-event jaro_winkler json ' +
    'libv8-node mini_racer msgpack mysql2 nio4r nokogiri oj openssl ox pg prism puma racc rbtree rdiscount ' +
    'redcarpet rmagick ruby-prof ruby-vips sassc snappy sqlite3 stackprof stringio strscan thin tiny_tds unf_ext ' +
    'unicorn websocket-driver yajl-ruby zlib'
  ).split(' '),
);

/** Those that a Gemfile.lock names: `    nokogiri (1.18.9-x86_64-linux-gnu)`. */
export const nativeGemsIn = (lockfile: string): readonly string[] => [
  ...new Set(
    [...lockfile.matchAll(/^ {4}([\w.-]+) \(/gm)].map(([, name = '']) => name).filter((name) => native.has(name)),
  ),
];
