/** Units times prices. Nothing is rounded here. */
import { LAMBDA, PRICE } from './prices.ts';
import type { Units } from './units.ts';

export type Line = { item: string; uses: string; dollars: number };

const count = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 1 });
const BYTES_PER_GB = 1e9;

/** One line for each service, dearest first, for so many sales. */
export const billOf = (perSale: Units, sales: number): Line[] => {
  const line = (item: string, uses: string, dollars: number): Line => ({
    item,
    uses,
    dollars: dollars * sales,
  });
  const seconds = LAMBDA.milliseconds / 1000;
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
      `${count(perSale.lambdaRequests)} requests of ${LAMBDA.milliseconds} ms`,
      perSale.lambdaRequests * (PRICE.lambdaRequest + seconds * LAMBDA.memoryGb * PRICE.lambdaGbSecond),
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
