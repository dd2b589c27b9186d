import { AwsProvider, type AwsProviderConfig, LocalBackend, S3Backend, type TerraformStack } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import { type TargetProfile, targetServices } from '../target-profile.ts';

/** 5.100 knows every resource used here; 6 renames attributes, which is a move of its own. */
const providerVersion = '~> 5.100';
/** The first with state locking in S3 itself. */
const terraformVersion = '>= 1.10';

/** Provider, state and version constraints; nothing of it names this machine. */
export function addBackend(stack: TerraformStack, config: StageConfig): void {
  new AwsProvider(stack, 'Aws', {
    region: config.region,
    ...(config.target ? providerOf(config.target) : ownAccount(config)),
    defaultTags: [{ tags: { Project: 'holiday-booking-saga', Stage: config.stage, ManagedBy: 'terraform' } }],
  });
  // CDKTF pins the one version that its bindings were made from.
  stack.addOverride('terraform.required_providers.aws.version', providerVersion);
  stack.addOverride('terraform.required_version', terraformVersion);

  if (config.stateBucket) {
    new S3Backend(stack, { ...config.stateBucket, encrypt: true });
    // CDKTF's S3 backend is older than this option.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
  } else {
    new LocalBackend(stack);
    // CDKTF makes the path absolute.
    stack.addOverride('terraform.backend.local.path', `${physicalName(config)}.tfstate`);
  }
}

/** Credentials of any other account are refused before anything is planned. */
function ownAccount({ accountId }: StageConfig): Partial<AwsProviderConfig> {
  return accountId === undefined ? {} : { allowedAccountIds: [accountId] };
}

/** An emulator admits any credentials, and no other AWS may be asked by mistake. */
function providerOf({ endpoint }: TargetProfile): Partial<AwsProviderConfig> {
  return {
    accessKey: 'test',
    secretKey: 'test',
    endpoints: [Object.fromEntries(targetServices.map((service) => [service, endpoint]))],
    skipCredentialsValidation: true,
    skipMetadataApiCheck: 'true',
    // No name server knows an emulator's `bucket.host`.
    s3UsePathStyle: true,
  };
}
