import { adminGroup } from '#schema/admin-group.ts';
import {
  CognitoUserGroup,
  CognitoUserPool,
  CognitoUserPoolClient,
  CognitoUserPoolDomain,
  Construct,
  DataAwsCallerIdentity,
  Fn,
} from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';

/** Where customers sign up and in: their tokens are what the HTTP API asks for. */
export class UserPool extends Construct {
  readonly id: string;
  readonly clientId: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    const pool = new CognitoUserPool(this, 'Pool', {
      name: physicalName(config),
      deletionProtection: config.deletionProtection ? 'ACTIVE' : 'INACTIVE',
      usernameAttributes: ['email'],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ['email'],
      // Without it a customer could take another person's address.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
      ...(config.mail
        ? {
            emailConfiguration: {
              emailSendingAccount: 'DEVELOPER',
              sourceArn: config.mail.identityArn,
              fromEmailAddress: config.mail.from,
            },
          }
        : {}),
      verificationMessageTemplate: { defaultEmailOption: 'CONFIRM_WITH_CODE' },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 7,
      },
    });
    this.id = pool.id;
    this.issuer = `https://${pool.endpoint}`;
    this.clientId = this.#client(pool, config).id;
    // Hosted sign-in is all that it is for.
    if (config.signIn.returnUrls.length > 0) this.#domain(pool, config);
    new CognitoUserGroup(this, adminGroup, {
      name: adminGroup,
      userPoolId: pool.id,
      description: 'May read and change every booking and the flight catalog',
    });
  }

  #client(pool: CognitoUserPool, { signIn, ...config }: StageConfig): CognitoUserPoolClient {
    const { passwordFlows, returnUrls } = signIn;
    return new CognitoUserPoolClient(this, 'Client', {
      name: physicalName(config, 'front-end'),
      userPoolId: pool.id,
      // A browser cannot keep a secret.
      generateSecret: false,
      explicitAuthFlows: [
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        ...(passwordFlows ? ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'] : []),
      ],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
      accessTokenValidity: 1,
      idTokenValidity: 1,
      refreshTokenValidity: 30,
      tokenValidityUnits: [{ accessToken: 'hours', idToken: 'hours', refreshToken: 'days' }],
      // Only administrators write the user's other attributes.
      writeAttributes: ['email', 'name'],
      ...(returnUrls.length === 0
        ? {}
        : {
            supportedIdentityProviders: ['COGNITO'],
            allowedOauthFlowsUserPoolClient: true,
            allowedOauthFlows: ['code'],
            allowedOauthScopes: ['openid', 'email', 'profile'],
            callbackUrls: [...returnUrls],
            logoutUrls: [...returnUrls],
          }),
    });
  }

  #domain(pool: CognitoUserPool, config: StageConfig): void {
    // A prefix may be used once in a region by all of AWS's customers. A hash of the account keeps clones apart; its digits
    // can't spell "aws", "amazon" or "cognito", which Cognito refuses. It is no secret: twelve digits are soon tried.
    const { accountId } = new DataAwsCallerIdentity(this, 'Account');
    new CognitoUserPoolDomain(this, 'Domain', {
      domain: config.signIn.domainPrefix ?? `${physicalName(config)}-${Fn.substr(Fn.sha256(accountId), 0, 12)}`,
      userPoolId: pool.id,
    });
  }
}
