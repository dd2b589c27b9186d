import type { Accepted } from './accepted.ts';

/** One failed check, as checkov's JSON report has it. */
export interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  /** `aws_sqs_queue.RedriveQueue_1234` */
  readonly resource: string;
}

export interface Judgement {
  /** To be mended, or accepted with a reason. */
  readonly open: readonly string[];
  /** Accepted, but not found any more. */
  readonly gone: readonly string[];
}

export function judge(findings: readonly Finding[], accepted: Readonly<Record<string, Accepted>>): Judgement {
  const isAccepted = ({ check_id, resource }: Finding): boolean => {
    const own = Object.hasOwn(accepted, check_id) ? accepted[check_id] : undefined;
    return own !== undefined && (own.resources?.test(resource) ?? true);
  };
  const found = new Set(findings.filter(isAccepted).map(({ check_id }) => check_id));
  return {
    open: findings
      .filter((finding) => !isAccepted(finding))
      .map(({ check_id, check_name, resource }) => `${check_id} ${resource}: ${check_name}`),
    gone: Object.keys(accepted).filter((id) => !found.has(id)),
  };
}

/** Checkov's JSON report, as far as it is read. */
export interface Report {
  readonly summary: { readonly passed: number; readonly failed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly Finding[] };
}

export interface Verdict {
  readonly isGood: boolean;
  readonly summary: string;
  readonly problems: readonly string[];
}

/** Fewer than it has would mean that checkov did not understand the file. */
const fewestPassed = 500;

export function verdictOf({ summary, results }: Report, accepted: Readonly<Record<string, Accepted>>): Verdict {
  const { open, gone } = judge(results.failed_checks, accepted);
  const isUnderstood = summary.parsing_errors === 0 && summary.passed >= fewestPassed;
  const advice = isUnderstood
    ? open.length > 0 && 'mend them, or accept them with a reason in infra/checkov/accepted.ts'
    : 'checkov did not understand the stack: see infra/checkov/hcl.ts';
  return {
    isGood: isUnderstood && open.length === 0 && gone.length === 0,
    summary: `checkov: ${summary.passed} passed, ${summary.failed - open.length} accepted, ${open.length} open`,
    problems: [
      ...open,
      ...gone.map((id) => `${id} is accepted in infra/checkov/accepted.ts, but not found any more`),
      ...(advice ? [advice] : []),
    ],
  };
}
