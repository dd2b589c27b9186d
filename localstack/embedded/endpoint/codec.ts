import type { Reply } from '../http.ts';
import type { AwsError } from '../types.ts';
import type { Json, Request } from './http.ts';

export interface DecodedCall {
  readonly operation: string;
  /** The SDK's input shape. */
  readonly input: Json;
}

/** One wire protocol of AWS. `decode` throws AwsError on what it cannot read. */
export interface Codec {
  decode(request: Request, service: string): DecodedCall;
  success(output: Json, call: DecodedCall, context: ReplyContext): Reply;
  failure(error: AwsError, context: ReplyContext): Reply;
}

export interface ReplyContext {
  readonly request: Request;
  /** Signing name, for instance `dynamodb`. */
  readonly service: string;
  readonly requestId: string;
}
