/** Names of months and of the days of the week, as people write them in their absence notes. */

/** January first; each with its short form and its forms in other cases, separated by blanks. */
const MONTHS: readonly (readonly string[])[] = [
  'january jan januar jänner jaen janvier janv enero ene gennaio gen januari janeiro stycznia styczeń sty января ledna'.split(
    ' ',
  ),
  'february feb februar feber février févr fév febrero febbraio februari fevereiro fev lutego luty lut февраля února'.split(
    ' ',
  ),
  'march mar märz mrz maerz mars marzo maart mrt março marca marzec marts марта března'.split(' '),
  'april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля dubna'.split(' '),
  'may mai mayo maggio mag mei maio maja maj мая května'.split(' '),
  'june jun juni juin junio giugno giu junho czerwca czerwiec cze июня června'.split(' '),
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля července'.split(' '),
  'august aug août aout agosto ago augustus sierpnia sierpień sie augusti августа srpna'.split(' '),
  'september sep sept septembre septiembre setiembre settembre set setembro września wrzesień wrz сентября září'.split(
    ' ',
  ),
  'october oct oktober okt octobre octubre ottobre ott outubro out października październik paź октября října'.split(
    ' ',
  ),
  'november nov novembre noviembre novembro listopada listopad lis ноября listopadu'.split(' '),
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień gru декабря prosince'.split(
    ' ',
  ),
];

export const MONTH_NUMBERS = new Map<string, number>(
  MONTHS.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);

/** Longest first, so that `mar` does not hide `march`. */
export const MONTH_WORDS = [...MONTH_NUMBERS.keys()].sort((a, b) => b.length - a.length).join('|');
