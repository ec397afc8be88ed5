// The client's types come from the description that this very program serves, and the web app compiles against them.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeHome, serve, stop, tell } from './lib.mjs';

const app = process.env.CONSOLE_PACKAGES;
const home = makeHome();

function run(script, ...args) {
  try {
    execFileSync(process.execPath, [join(app, 'node_modules', script), ...args], { cwd: app, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${script}: ${error.stdout}${error.stderr}`);
  }
}

await tell([
  ['types are made of the description', async () => {
    const server = await serve('serve', '--data', home.data, '--port', '0', '--quiet');
    const description = join(home.folder, 'openapi.json');
    writeFileSync(description, await (await fetch(`${server.url}/openapi.json`)).text());
    await stop(server);
    run('openapi-typescript/bin/cli.js', description, '-o', 'src/api/schema.d.ts');
  }],
  ['the web app compiles against them', () => run('typescript/bin/tsc', '--noEmit')],
  ['its parts do what they promise', () => run('vitest/vitest.mjs', 'run')],
]);
