/** One line of `terraform apply -json`. https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export interface TerraformMessage {
  readonly type?: string;
  readonly hook?: {
    readonly resource?: { readonly addr?: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  readonly changes?: { readonly add?: number; readonly change?: number; readonly remove?: number };
  readonly diagnostic?: Diagnostic;
}

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

export interface Progress {
  /** Takes one line of Terraform's output, and answers what to print for it. */
  read(line: string): string | undefined;
  readonly errors: readonly Diagnostic[];
  readonly done: number;
}

const pastTense: Readonly<Record<string, string>> = { create: 'created', update: 'updated', delete: 'removed' };

/** Counts finished resources against the expected number of them. */
export function createProgress(expected: number): Progress {
  const errors: Diagnostic[] = [];
  let done = 0;
  return {
    errors,
    get done() {
      return done;
    },
    read(line) {
      const message = parsed(line);
      if (message?.type === 'diagnostic' && message.diagnostic?.severity === 'error') errors.push(message.diagnostic);
      if (message?.type !== 'apply_complete' || message.hook === undefined) return undefined;
      const { resource, action = '', elapsed_seconds: seconds = 0 } = message.hook;
      if (action === 'read') return undefined;
      done += 1;
      const count = `${done}`.padStart(`${expected}`.length);
      return `  [${count}/${expected}] ${pastTense[action] ?? action} ${resource?.addr ?? ''}${seconds >= 5 ? ` (${Math.round(seconds)} s)` : ''}`;
    },
  };
}

/** Terraform may print plain text before its JSON, for instance about its configuration file. */
function parsed(line: string): TerraformMessage | undefined {
  try {
    return JSON.parse(line) as TerraformMessage;
  } catch {
    return undefined;
  }
}
