/**
 * Trust policy that lets one user or role of IAM take a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @param arn `arn:aws:iam::123456789012:user/me`
 * @throws Error for what is no such ARN; a wildcard or a bare account would let in more than one
 */
export function principalTrust(arn: string): object {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/.test(arn)) {
    throw new Error(
      `A principal is the ARN of a user or a role, as arn:aws:iam::123456789012:user/me; "${arn}" is not`,
    );
  }
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' }],
  };
}
