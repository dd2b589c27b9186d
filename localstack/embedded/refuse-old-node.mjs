/** Ends a Node that is too old in words: it would tell of its own loader, or of modules that it has not. */
if (!process.features.typescript) {
  console.error(`
local-cloud needs a Node that reads TypeScript: 22.18 or newer, or 24 and newer. This is ${process.version}.
The package node@24 has one: npm install --save-dev node@24, then npx local-cloud, which finds it, or an npm script`);
  process.exit(1);
}
