/** Moods and wishes, as far as the words leave no doubt. */
import { describe, expect, it } from 'vitest';
import { readMood } from '../../../functions/mail/mood.ts';
import { asksForCall, isStopAlone, verdictOnPromise } from '../../../functions/mail/requests.ts';
import { isThanksOnly } from '../../../functions/mail/thanks.ts';

const ratingOf = (text: string) => readMood(text).rating;

describe('a mood', () => {
  it.each([
    'I love it!',
    'Very happy with the lamp, thank you.',
    'Couldn’t be happier',
    'Wir sind sehr zufrieden mit der Lampe.',
    'Perfekt, danke',
    'Estoy muy contento con la lámpara.',
    'Todo perfecto, gracias',
    'Je suis très satisfaite de la lampe, merci.',
    'C’est parfait !',
  ])('is delighted: %s', (text) => {
    expect(ratingOf(text)).toBe(5);
  });

  it.each([
    'It works fine, thanks',
    'All good here.',
    'Everything is fine. Can you send the invoice?',
    'Die Lampe gefällt mir gut.',
    'Alles gut, danke',
    'Estamos contentos con la mesa',
    'Tout va bien, merci',
  ])('is happy: %s', (text) => {
    expect(ratingOf(text)).toBe(4);
  });

  it.each([
    'I am not happy with it.',
    'The tap leaks.',
    'It does not work',
    'Not good.',
    'It’s broken',
    'Wir sind nicht zufrieden.',
    'Die Lampe funktioniert nicht.',
    'Mir gefällt die Farbe nicht.',
    'Es fehlt eine Schraube',
    'La lámpara no funciona.',
    'No estoy contenta',
    'La lampe ne marche pas.',
    'Ça ne marche pas du tout',
    'Je suis déçu de la qualité.',
  ])('is unhappy: %s', (text) => {
    expect(readMood(text)).toEqual({ rating: 2, isBlocked: false });
  });

  it.each([
    'This is terrible.',
    'I am very disappointed',
    'Ich bin sehr enttäuscht.',
    'Estoy muy decepcionada',
    'Je suis très déçue.',
  ])('is really unhappy: %s', (text) => {
    expect(ratingOf(text)).toBe(1);
  });

  it.each([
    'I can’t use it at all.',
    'Ich kann die Lampe nicht benutzen.',
    'No puedo usarlo.',
    'Je ne peux pas l’utiliser.',
    'Unbrauchbar',
  ])('is stuck: %s', (text) => {
    expect(readMood(text)).toEqual({ rating: 2, isBlocked: true });
  });

  it.each([
    ['wishes', 'I would be happy if you could call me.'],
    ['wishes', 'Ich wäre froh, wenn Sie anrufen.'],
    ['wishes', 'Sería genial recibir la factura.'],
    ['a "but"', 'Great lamp, but the colour is off.'],
    ['both', 'It was broken, now it works perfectly.'],
    ['questions', 'Is it broken?'],
    ['greetings', 'Good morning, where is my order'],
    ['greetings', 'Schöne Grüße'],
    ['a farewell', 'Love, Jo'],
    ['other things', 'The old one was terrible.'],
    ['double negation', 'I am not unhappy.'],
    ['double negation', 'Not bad'],
    ['idioms', 'No problem'],
    ['idioms', 'Kein Problem'],
    ['other languages', 'Não estou feliz com a lâmpada.'],
    ['other languages', 'Non sono contento della lampada.'],
    ['other languages', 'Ik ben niet tevreden.'],
    ['other languages', 'Nie jest super.'],
    ['nothing', ''],
    ['a word in a word', 'Brotkorb und Rotor'],
  ])('is not read from %s: %s', (_, text) => {
    expect(readMood(text)).toEqual({ rating: undefined, isBlocked: false });
  });

  it('one good word in a long mail is not enough, one bad word is', () => {
    const story = 'We unpacked the box in the garden with my brother. '.repeat(14);

    expect(ratingOf(`${story} The lamp is great.`)).toBeUndefined();
    expect(ratingOf(`${story} The lamp is defective.`)).toBe(2);
  });
});

describe('thanks and nothing else', () => {
  it.each([
    'Thanks!',
    'Merci beaucoup, c’est parfait',
    'ok danke',
    'Hi Ana,\n\nthanks a lot for your quick help!\n\nBest regards\nMaria Keller',
    'Danke Ana!',
    'Vielen Dank für die schnelle Hilfe.\nViele Grüße\nJonas',
    'Gracias por todo, un saludo',
    'Thank you so much 🙏',
  ])('%j', (text) => {
    expect(isThanksOnly(text)).toBe(true);
  });

  it.each([
    'Thanks, but it is broken',
    'Thanks, when will he come',
    'Thanks?',
    'Danke, die Lampe ist kaputt',
    'Thank you for nothing',
    'Thanks\nstill leaking',
    'no thanks',
    'Perfect',
    'Merci, j’attends votre appel',
    'Thanks for the call, Peter has not arrived',
    'Danke, wann kommt er',
  ])('is not: %j', (text) => {
    expect(isThanksOnly(text)).toBe(false);
  });

  it('names of the people concerned say nothing', () => {
    expect(isThanksOnly('thanks velo berger and nora')).toBe(false);
    expect(isThanksOnly('thanks velo berger and nora', ['Velo Berger', 'Nora Wyss'])).toBe(true);
  });
});

describe('a wish to be rung', () => {
  it.each([
    'Please call me',
    'Can you call me back tomorrow?',
    'Rufen Sie mich bitte morgen an.',
    'Könnten Sie mich bitte zurückrufen?',
    'Bitte um Rückruf',
    'Pouvez-vous m’appeler ?',
    'Rappelez-moi svp',
    'Llámenme por favor',
    '¿Me pueden llamar?',
  ])('%s', (text) => {
    expect(asksForCall(text)).toBe(true);
  });

  it.each([
    'Don’t call me',
    'No need to call me',
    'Sie müssen mich nicht anrufen',
    'Ne m’appelez pas',
    'Thanks for calling me',
    'You can call it great',
  ])('is not: %s', (text) => {
    expect(asksForCall(text)).toBe(false);
  });
});

describe('a stop', () => {
  it.each([
    'unsubscribe',
    'STOP',
    'Please stop emailing me.',
    'Bitte abmelden!',
    'désabonner',
    'Baja',
    'Please unsubscribe me, thanks',
    'Keine Mails mehr bitte',
    'Remove me from your mailing list',
  ])('%s', (text) => {
    expect(isStopAlone(text)).toBe(true);
  });

  it.each([
    'Stop the leak please',
    'Please stop by tomorrow',
    'It does not stop dripping',
    'How do I unsubscribe?  The lamp is nice',
    'Bitte nicht abmelden',
    '',
  ])('is not: %s', (text) => {
    expect(isStopAlone(text)).toBe(false);
  });
});

describe('a word on what we call done', () => {
  it.each([
    'It works now, thank you!',
    'Fixed',
    'Jetzt funktioniert es wieder, danke',
    'Ya funciona, gracias',
    'Ça marche maintenant, merci',
  ])('yes: %s', (text) => {
    expect(verdictOnPromise(text)).toBe('yes');
  });

  it.each([
    'Still not working',
    'Not fixed',
    'Nobody came',
    'Es tropft immer noch',
    'Toujours pas réparé',
    'Sigue sin funcionar',
  ])('no: %s', (text) => {
    expect(verdictOnPromise(text)).toBe('no');
  });

  it.each([
    'Is it fixed?',
    'It works now but the handle is loose',
    'Thanks',
    'Yes',
    'I hope it is fixed',
    'It isn’t working now',
    'It is fixed. When do you collect the old one?',
    'If it works now I will tell you',
  ])('neither: %s', (text) => {
    expect(verdictOnPromise(text)).toBeUndefined();
  });
});
