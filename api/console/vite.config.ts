import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
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

export default defineConfig(({ mode }) => {
  const offline = mode === 'offline';
  return {
    base: offline ? './' : '/',
    publicDir: offline ? false : 'public',
    plugins: offline ? [react(), inline()] : [react()],
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
