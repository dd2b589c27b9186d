import { type Finding, isPort } from './diagnosis.ts';

const marks = { there: '✔', absent: '–', missing: '✘' } as const;

/** A line for each finding, and one for what to do about it. */
export function report(findings: readonly Finding[]): string {
  const [name, found] = (['name', 'found'] as const).map((column) =>
    Math.max(...findings.map((finding) => finding[column].length)),
  );
  return findings
    .flatMap((finding) => [
      `${marks[finding.state]} ${finding.name.padEnd(name ?? 0)}  ${finding.found.padEnd(found ?? 0)}  ${finding.for}`,
      ...(finding.advice === undefined ? [] : [`    → ${finding.advice}`]),
    ])
    .join('\n');
}

/** What the whole comes to. */
export function verdict(findings: readonly Finding[]): string {
  const missing = findings.filter(({ state }) => state === 'missing').map(({ name }) => name);
  if (missing.length > 0) return `Cannot run here yet: ${missing.join(', ')}.`;
  const inUse = findings.filter(({ name, state }) => isPort(name) && state === 'absent').map(({ name }) => name);
  if (inUse.length === 0) return 'npm start and npm test can run here; what is marked – is for other things.';
  return (
    `npm start and npm test can run here, npm start on other ports (→ below ${inUse.join(', ')}); ` +
    'what else is marked – is for other things.'
  );
}
