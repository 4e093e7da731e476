/** The fields that SES puts on top of a mail that came in: where from, and what it thinks of it. */
import { randomBytes } from 'node:crypto';
import { takeFields } from './mail-headers.ts';

export type Arrival = {
  readonly id: string;
  readonly raw: Buffer;
  /** The envelope's sender, empty for a mail that must not be answered. */
  readonly from: string;
  readonly recipients: readonly string[];
  /** Who brought it. */
  readonly client: { readonly name: string; readonly ip: string };
  /**
   * `given`: the verdicts that the mail brings along hold, and missing ones are good. `ours`: it came from outside, so
   * what it says about itself counts for nothing, and nobody vouches for its sender.
   */
  readonly verdicts: 'given' | 'ours';
  readonly at: number;
};

const OF_SES = new Set(['return-path', 'x-ses-spam-verdict', 'x-ses-virus-verdict', 'received-spf']);

/** Other servers on the way have results of their own, which say nothing in the name of SES. */
const isVerdict = (name: string, field: string): boolean =>
  OF_SES.has(name) ||
  name.startsWith('x-ses-') ||
  (name === 'authentication-results' && /^[^:]*:\s*amazonses\.com\b/i.test(field));

const nameIn = (field: string) => field.slice(0, field.indexOf(':')).trim().toLowerCase();

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1) || 'localhost';

const defaults = ({ id, from, recipients, client, verdicts, at }: Arrival, region: string) => {
  const route = `client-ip=${client.ip}; envelope-from=${from}; helo=${client.name};`;
  const domain = domainOf(from);
  const isVouchedFor = verdicts === 'given';
  const spf = isVouchedFor
    ? `pass (spfCheck: domain of ${domain} designates ${client.ip} as permitted sender) ${route}`
    : `none (spfCheck: ${client.ip} is neither permitted nor denied by domain of ${domain}) ${route}`;
  const signed = isVouchedFor ? `pass header.i=@${domain}` : 'none';
  const policy = isVouchedFor ? 'pass' : 'none';
  const date = new Date(at).toUTCString().replace('GMT', '+0000 (UTC)');
  return [
    `Return-Path: <${from}>`,
    `Received: from ${client.name} (${client.name} [${client.ip}])\r\n by inbound-smtp.${region}.amazonaws.com with SMTP id ${id}\r\n for ${recipients[0] ?? ''};\r\n ${date}`,
    'X-SES-Spam-Verdict: PASS',
    'X-SES-Virus-Verdict: PASS',
    `Received-SPF: ${spf}`,
    `Authentication-Results: amazonses.com;\r\n spf=${spf}\r\n dkim=${signed};\r\n dmarc=${policy} header.from=${domain};`,
    `X-SES-RECEIPT: ${randomBytes(96).toString('base64')}`,
  ];
};

/** The mail as SES would put it into a bucket. */
export const stampArrival = (arrival: Arrival, region: string): Buffer => {
  const { taken, raw } = takeFields(arrival.raw, isVerdict);
  const given = new Map(arrival.verdicts === 'given' ? taken.map((field) => [nameIn(field), field]) : []);
  const fields = defaults(arrival, region).map((field) => given.get(nameIn(field)) ?? field);
  const lines = fields.map((field) => field.replace(/\r?\n/g, '\r\n'));
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'), raw]);
};
