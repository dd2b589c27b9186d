/** What this measured of the code before its legs were records, in percent. It rounds to a tenth. */
export const before = {
  commit: '7bb8b9a',
  folders: {
    functions: { lines: 91.3, branches: 93.5 },
    infra: { lines: 95.2, branches: 98.2 },
  },
} as const;
