/** One AWS service as the runtime sees it: the endpoint calls it for the network, Step Functions tasks in process. */
import type * as z from 'zod';
import { AwsError } from './aws-error.ts';

export type CallOptions = {
  /** Whoever calls wants the answer as text: it may be an `AnswerText`. */
  readonly asText?: boolean;
};

export type AwsService = {
  /** Input and answer are the JSON of the AWS API; a refusal rejects with an `AwsError`. */
  call(action: string, input: unknown, options?: CallOptions): Promise<unknown>;
};

/** An answer that lay there as JSON text and is wanted as such: nobody has to read and write it in between. */
export class AnswerText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const answerText = (answer: unknown): string =>
  answer instanceof AnswerText ? answer.text : JSON.stringify(answer ?? {});

export type Action = (input: unknown) => Promise<unknown>;

/** An action whose input is checked first, refusing with `errorName` as the service does. */
export const action =
  <Input>(
    schema: z.ZodType<Input>,
    errorName: string,
    run: (input: Input) => Promise<unknown> | unknown,
  ): Action =>
  async (input) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return run(parsed.data);
    const [issue] = parsed.error.issues;
    throw new AwsError(
      errorName,
      `${issue?.path.join('.') || 'The request'}: ${issue?.message ?? 'invalid'}`,
    );
  };

export const createService = (name: string, actions: Readonly<Record<string, Action>>): AwsService => ({
  call: async (actionName, input) => {
    const run = Object.hasOwn(actions, actionName) ? actions[actionName] : undefined;
    if (run === undefined) {
      throw new AwsError(
        'UnknownOperationException',
        `${name} on one machine does not know ${actionName}; it knows ${Object.keys(actions).sort().join(', ')}.`,
      );
    }
    return run(input);
  },
});
