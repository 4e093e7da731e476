/** What a page of the desk answers, and how that becomes a response. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { deskHeaders, plainHeaders } from '../pages/desk/sheet.ts';
import { type Download, downloadHeaders } from '../pages/export-file.ts';

export type DeskAnswer =
  | { status?: number; html: string; isPlain?: boolean }
  /** Something to keep instead of a page. */
  | { file: Download }
  /** Always a path of our own: nothing a visitor wrote is ever part of it unescaped. */
  | { goTo: string; cookie?: string };

export const respond = (
  locale: string,
  answer: DeskAnswer,
  isHead: boolean,
): APIGatewayProxyStructuredResultV2 => {
  if ('file' in answer)
    return {
      statusCode: 200,
      headers: { ...deskHeaders(locale), ...downloadHeaders(answer.file) },
      body: isHead ? '' : answer.file.text,
    };
  if ('html' in answer)
    return {
      statusCode: answer.status ?? 200,
      headers: answer.isPlain === true ? plainHeaders(locale) : deskHeaders(locale),
      body: isHead ? '' : answer.html,
    };
  return {
    statusCode: 303,
    headers: { ...deskHeaders(locale), location: answer.goTo },
    ...(answer.cookie === undefined ? {} : { cookies: [answer.cookie] }),
    body: '',
  };
};
