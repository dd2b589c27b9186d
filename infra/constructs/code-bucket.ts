import { Construct, S3Bucket, S3Object, type TerraformAsset } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';

/** Where a function's code is, as `aws_lambda_function` takes it. */
export interface CodeInBucket {
  readonly s3Bucket: string;
  readonly s3Key: string;
}

/**
 * The functions' code in a bucket of an emulator. The provider makes functions of local files one after the other, five
 * seconds each, and functions of a bucket side by side:
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/lambda/function.go
 */
export class CodeBucket extends Construct {
  readonly #bucket: S3Bucket;

  constructor(scope: Construct, id: string, config: Pick<StageConfig, 'stage'>) {
    super(scope, id);
    this.#bucket = new S3Bucket(this, 'Bucket', { bucket: physicalName(config, 'code'), forceDestroy: true });
  }

  /** @param hash of the code: other code has another key */
  put(name: string, asset: TerraformAsset, hash: string): CodeInBucket {
    const { bucket, key } = new S3Object(this, name, {
      bucket: this.#bucket.bucket,
      key: `${name}/${hash}.zip`,
      source: asset.path,
    });
    return { s3Bucket: bucket, s3Key: key };
  }
}
