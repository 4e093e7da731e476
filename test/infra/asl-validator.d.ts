/** The part of asl-validator 4.0.0 that the tests call; the package brings no types. */
declare module 'asl-validator' {
  function validate(definition: unknown): { isValid: boolean; errorsText(separator?: string): string };
  export = validate;
}
