import { Construct, IamRole, IamRolePolicy, Lazy } from '../cdktf.ts';
import type { Condition } from '../deploy-policy/statement.ts';

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

/** X-Ray's write actions know no resources. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export const tracing: Statement = {
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
};

/** A role for one service principal with one inline policy, which grows until the synth. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly policy: IamRolePolicy;
  readonly #statements: Statement[] = [];

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly name: string;
      readonly service: string;
      /** The account whose resources alone the service may take the role for, where the service says for which it does. */
      readonly onlyFor?: string;
    },
  ) {
    super(scope, id);
    const { name, service, onlyFor } = props;
    const Condition = onlyFor === undefined ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': onlyFor } } };
    const role = new IamRole(this, 'Role', {
      name,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...Condition }],
      }),
    });
    this.arn = role.arn;
    this.policy = new IamRolePolicy(this, 'Policy', {
      name: 'least-privilege',
      role: role.name,
      policy: Lazy.stringValue({ produce: () => this.#document() }),
    });
  }

  allow(statement: Statement): void {
    this.#statements.push(statement);
  }

  #document(): string {
    return JSON.stringify({
      Version: '2012-10-17',
      Statement: this.#statements.map(({ actions, resources, condition }) => ({
        Effect: 'Allow',
        Action: actions,
        Resource: resources,
        ...(condition && { Condition: condition }),
      })),
    });
  }
}
