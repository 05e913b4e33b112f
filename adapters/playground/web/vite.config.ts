import { defineConfig } from 'vite'

/**
 * The page is served under a strict content security policy: everything is a file of its own, nothing is inlined
 * (no data: URIs, no module preload script).
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
