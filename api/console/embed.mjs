// Packs the built web app for the linker: each file as it is and, where that saves something, under gzip.
//   node embed.mjs DIST OUT
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const [dist, out] = process.argv.slice(2);
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

function filesBelow(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

mkdirSync(join(out, 'gzip'), { recursive: true });
let assembler = '.section .rodata\n';
let declarations = '';
let rows = '';

function embed(symbol, path) {
  assembler += `.global ${symbol}\n${symbol}:\n.incbin "${path}"\n.global ${symbol}_end\n${symbol}_end:\n.byte 0\n`;
  declarations += `extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n`;
  return `{${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}`;
}

filesBelow(dist).forEach((path, n) => {
  const name = relative(dist, path);
  const type = types[extname(path)];
  if (!type) throw new Error(`no media type for ${name}`);
  const bytes = readFileSync(path);
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const packed = gzipSync(bytes, { level: 9 });
  const plain = embed(`console_file_${n}`, path);
  let gzip = '{}';
  if (packed.length < bytes.length * 0.95) {
    const twin = join(out, 'gzip', `${n}.gz`);
    writeFileSync(twin, packed);
    gzip = embed(`console_gzip_${n}`, twin);
  }
  rows += `    {"${name}", "${type}", "\\"${etag}\\"", ${plain}, ${gzip}},\n`;
});

writeFileSync(join(out, 'assets.S'), `${assembler}.section .note.GNU-stack,"",%progbits\n`);
writeFileSync(
  join(out, 'assets.cpp'),
  `#include "api/console/assets.h"

extern "C" {
${declarations}}

namespace console {

std::span<const Asset> assets() {
  static const Asset all[] = {
${rows}  };
  return all;
}

}  // namespace console
`,
);
