/** A member of staff in front of the desk: comes in by the mailed link, presses buttons of its pages. */
import type { World } from './world.ts';

export type DeskVisitor = {
  see(path: string): Promise<string>;
  /** Follows where the press leads. */
  press(path: string, fields: Record<string, string>): Promise<{ status: number; text: string; at: string }>;
};

export const comeToDesk = async (world: World, address: string): Promise<DeskVisitor> => {
  const call = (path: string, cookie: string, fields?: Record<string, string>) =>
    fetch(path.startsWith('http') ? path : `${world.url}${path}`, {
      method: fields === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie,
        ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    });
  await call('/desk/sign-in', '', { address });
  await world.idle();
  const links = (await world.mailsTo(address)).flatMap((mail) => mail.links);
  const wayIn = links.findLast((link) => link.includes('/desk/enter/')) ?? 'no way in';
  const entered = await call(wayIn, '', {});
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const see = async (path: string) => (await call(path, cookie)).text();
  const csrf = /name="csrf" value="([0-9a-f]{64})"/.exec(await see('/desk'))?.[1] ?? '';
  return {
    see,
    press: async (path, fields) => {
      const answer = await call(path, cookie, { csrf, ...fields });
      const location = answer.headers.get('location');
      const text = location === null ? await answer.text() : await see(location);
      await world.idle();
      return { status: answer.status, text, at: location ?? path };
    },
  };
};
