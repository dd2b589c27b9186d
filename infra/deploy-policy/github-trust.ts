import type { Purpose } from './policies.ts';

const issuer = 'token.actions.githubusercontent.com';

/**
 * Trust policy that lets workflows of one repository take a role without a stored key: `deploy` only from jobs of the
 * environment that is called like the stage (and so behind its protection rules), `plan` only from pull requests and from
 * tags `v*`, whose plan is made before anybody approves it.
 * https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export function githubTrust(options: {
  readonly repository: string;
  readonly account: string;
  readonly stage: string;
  readonly purpose: Purpose;
}): object {
  const { repository, account, stage, purpose } = options;
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new Error(`A GitHub repository is written owner/name, "${repository}" is not`);
  }
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            ...(purpose === 'plan' ? {} : { [`${issuer}:sub`]: `repo:${repository}:environment:${stage}` }),
          },
          ...(purpose === 'plan'
            ? {
                StringLike: {
                  [`${issuer}:sub`]: [`repo:${repository}:pull_request`, `repo:${repository}:ref:refs/tags/v*`],
                },
              }
            : {}),
        },
      },
    ],
  };
}
