import { type PolicyChange, policyWords } from '../iam/policies.ts';
import { permissionText } from '../iam/statements.ts';
import { countLine, quietLine, type Review } from '../review.ts';

/** For a terminal. */
export function textReport(review: Review): string {
  const { dangers, accepted, groups, policies, machine, drift } = review;
  const lines = [
    countLine(review),
    '',
    ...(dangers.length > 0 ? [`DANGEROUS (${dangers.length})`] : ['Nothing dangerous.']),
    ...dangers.flatMap(({ sentence, id }) => [`! ${sentence}`, `    --accept ${id}`]),
    ...(accepted.length > 0 ? ['', `Accepted (${accepted.length})`] : []),
    ...accepted.map(({ sentence }) => `  ${sentence}`),
  ];
  for (const { heading, lines: changes } of groups) lines.push('', heading, ...changes.map((line) => `  ${line}`));
  if (policies.length > 0 && !review.isFirst)
    lines.push('', 'Permissions, one by one', ...policies.flatMap(policyLines).map(indented));
  if (machine) lines.push('', 'The state machine', ...machine.lines.map(indented));
  const quiet = quietLine(review);
  if (quiet !== undefined) lines.push('', quiet);
  if (drift.length > 0) {
    lines.push('', 'Drift: changed outside of Terraform', ...drift.flatMap((group) => group.lines).map(indented));
  }
  return `${lines.join('\n')}\n`;
}

export function policyLines(policy: PolicyChange): string[] {
  const { verdict, added, removed, isSymbolic } = policy;
  return [
    `${policyWords(policy)}: ${verdict}${isSymbolic ? ', compared by its references' : ''}`,
    ...added.map((permission) => `  + ${permissionText(permission)}`),
    ...removed.map((permission) => `  - ${permissionText(permission)}`),
  ];
}

const indented = (line: string): string => `  ${line}`;
