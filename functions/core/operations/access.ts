/** Names of errors that say that AWS refused us: a permission, a key or credentials are missing. */

const NAMES: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'NotAuthorized',
  'OptInRequired',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** `AccessDeniedException`, `KMSDisabledException` (of DynamoDB), `KMS.DisabledException` (of SQS), … */
export const tellsOfAccess = (error: string): boolean =>
  NAMES.has(error) || /^(AccessDenied|KMS|Kms|AuthorizationError|UnauthorizedOperation)/.test(error);
