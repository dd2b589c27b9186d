/** Preloaded into a process that must not outlive the one that started it, however that ends: its standard input is closed then. */
process.stdin.on('end', () => process.exit()).resume();
