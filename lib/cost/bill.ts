/** Units times prices. Nothing is rounded here. */
import { LAMBDA, type LambdaCall, PRICE } from './prices.ts';
import type { Units } from './units.ts';

export type Line = { item: string; uses: string; dollars: number };

const count = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 1 });
const BYTES_PER_GB = 1e9;

/** One line for each service, dearest first, for so many sales. */
export const billOf = (perSale: Units, sales: number, lambda: LambdaCall = LAMBDA): Line[] => {
  const line = (item: string, uses: string, dollars: number): Line => ({
    item,
    uses,
    dollars: dollars * sales,
  });
  const seconds = lambda.milliseconds / 1000;
  const lines = [
    line(
      'Step Functions',
      `${count(perSale.stateTransitions)} transitions`,
      perSale.stateTransitions * PRICE.stateTransition,
    ),
    line('SES', `${count(perSale.mails)} mails`, perSale.mails * PRICE.mail),
    line(
      'DynamoDB',
      `${count(perSale.writeUnits)} write, ${count(perSale.readUnits)} read units`,
      perSale.writeUnits * PRICE.writeUnit + perSale.readUnits * PRICE.readUnit,
    ),
    line(
      'Lambda',
      `${count(perSale.lambdaRequests)} requests of ${lambda.milliseconds} ms`,
      perSale.lambdaRequests * (PRICE.lambdaRequest + seconds * lambda.memoryGb * PRICE.lambdaGbSecond),
    ),
    line('HTTP API', `${count(perSale.httpRequests)} requests`, perSale.httpRequests * PRICE.httpRequest),
    line('SQS', `${count(perSale.queueCalls)} calls`, perSale.queueCalls * PRICE.queueCall),
    line(
      'CloudWatch Logs',
      `${count(perSale.logBytes / 1000)} kB`,
      (perSale.logBytes / BYTES_PER_GB) * PRICE.logGb,
    ),
    line('SNS', `${count(perSale.pages)} messages`, perSale.pages * PRICE.publish),
  ];
  return lines.sort((a, b) => b.dollars - a.dollars);
};

export const total = (lines: readonly Line[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);
