/**
 * The name to greet with, or null when "Hello," is better. A checkout's first-name field also holds companies, mail
 * addresses and spam ("WIN http://..."), and our mail would carry that to whoever was named as the recipient.
 */
export const greetingName = (firstName: string | null | undefined): string | null => {
  const name = firstName?.normalize('NFC').replace(/\s+/gu, ' ').trim() ?? '';
  return /^\p{L}[\p{L}\p{M}.'’ -]{0,39}$/u.test(name) && !/\.\S{2,}|www|guest|customer|^test$/iu.test(name)
    ? name
    : null;
};
