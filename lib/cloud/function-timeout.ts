import { Duration } from 'aws-cdk-lib';

/** How long a function may run; queues hide a message for several times as long. */
export const FUNCTION_TIMEOUT = Duration.seconds(30);
