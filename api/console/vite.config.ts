import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The stand-alone page: its one script and one style go into the HTML, so that it can be saved and opened offline. */
function inline(): Plugin {
  return {
    name: 'inline',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = Object.values(bundle).find((file) => file.fileName.endsWith('.html'));
      if (page?.type !== 'asset') throw new Error('no page to put the script into');
      let html = String(page.source);
      for (const file of Object.values(bundle)) {
        const tag = new RegExp(`<(script|link)[^>]*(src|href)="[^"]*${file.fileName}"[^>]*>(</script>)?`);
        // A closing tag inside the script's text would end it early.
        if (file.type === 'chunk') {
          const code = file.code.replaceAll('</script', '<\\/script');
          html = html.replace(tag, '').replace('</body>', () => `<script type="module">${code}</script></body>`);
        } else if (file.fileName.endsWith('.css')) {
          html = html.replace(tag, () => `<style>${String(file.source)}</style>`);
        } else continue;
        delete bundle[file.fileName];
      }
      page.source = html;
    },
  };
}

/** The first page of each desk. */
const landings = ['src/desks/obligations.tsx', 'src/desks/bureau/search.tsx', 'src/pages/verify/index.tsx'];
const budget = 450 * 1024;

/** Refuses a build in which a desk needs more packed script than the budget before the first click. */
function firstLoad(): Plugin {
  return {
    name: 'first-load',
    enforce: 'post',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const closure = (names: string[], seen = new Set<string>()): Set<string> => {
        for (const name of names.filter((each) => !seen.has(each))) {
          seen.add(name);
          closure(chunks.find((each) => each.fileName === name)?.imports ?? [], seen);
        }
        return seen;
      };
      const ofModule = (path: string) => chunks.filter((each) => each.facadeModuleId?.endsWith(path) || each.moduleIds.some((id) => id.endsWith(path))).map((each) => each.fileName);
      for (const landing of landings) {
        const files = closure([...ofModule('console/index.html'), ...ofModule(landing)]);
        const bytes = [...files].reduce((sum, name) => sum + gzipSync(chunks.find((each) => each.fileName === name)?.code ?? '', { level: 9 }).length, 0);
        if (ofModule(landing).length === 0) throw new Error(`${landing} is in no part`);
        if (bytes > budget) throw new Error(`${landing} needs ${bytes} bytes of packed script, more than ${budget}`);
        console.log(`first load of ${landing}: ${Math.ceil(bytes / 1024)} KB packed`);
      }
    },
  };
}

export default defineConfig(({ mode }) => {
  const offline = mode === 'offline';
  return {
    base: offline ? './' : '/',
    publicDir: offline ? false : 'public',
    plugins: offline ? [react(), inline()] : [react(), firstLoad()],
    resolve: {
      // Styles made at run time go into constructable sheets: a <style> element is what the content policy forbids.
      alias: [{ find: /^.*\/(Dom\/dynamicCSS|cssUtils)$/, replacement: here('src/style/sheets.ts') }],
    },
    build: {
      outDir: process.env.CONSOLE_OUT ?? 'dist',
      emptyOutDir: !offline,
      target: 'es2022',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      cssCodeSplit: !offline,
      chunkSizeWarningLimit: 1800,
      reportCompressedSize: false,
      rollupOptions: offline
        ? { input: here('verify-offline.html'), output: { inlineDynamicImports: true } }
        : { input: { index: here('index.html'), docs: here('docs.html') } },
    },
    server: { proxy: { '/v1': 'http://127.0.0.1:8360', '/openapi.json': 'http://127.0.0.1:8360' } },
    test: { include: ['src/**/*.test.ts'] },
  };
});
