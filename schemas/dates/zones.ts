const HOUR = 60;

/** Minutes east of Greenwich. Where one abbreviation has several meanings, RFC 822's wins, then the Vietnamese one. */
const NAMED: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  uct: 0,
  'etc/gmt': 0,
  'etc/utc': 0,
  west: HOUR,
  bst: HOUR,
  cet: HOUR,
  met: HOUR,
  mez: HOUR,
  cest: 2 * HOUR,
  mest: 2 * HOUR,
  mesz: 2 * HOUR,
  eet: 2 * HOUR,
  sast: 2 * HOUR,
  eest: 3 * HOUR,
  msk: 3 * HOUR,
  pkt: 5 * HOUR,
  ist: 5.5 * HOUR,
  ict: 7 * HOUR,
  wib: 7 * HOUR,
  indochina: 7 * HOUR,
  'asia/ho_chi_minh': 7 * HOUR,
  'asia/saigon': 7 * HOUR,
  'asia/hanoi': 7 * HOUR,
  'asia/bangkok': 7 * HOUR,
  sgt: 8 * HOUR,
  hkt: 8 * HOUR,
  myt: 8 * HOUR,
  pht: 8 * HOUR,
  awst: 8 * HOUR,
  jst: 9 * HOUR,
  kst: 9 * HOUR,
  aest: 10 * HOUR,
  aedt: 11 * HOUR,
  nzst: 12 * HOUR,
  nzdt: 13 * HOUR,
  art: -3 * HOUR,
  brt: -3 * HOUR,
  nst: -3.5 * HOUR,
  ndt: -2.5 * HOUR,
  ast: -4 * HOUR,
  adt: -3 * HOUR,
  at: -4 * HOUR,
  est: -5 * HOUR,
  edt: -4 * HOUR,
  et: -5 * HOUR,
  cst: -6 * HOUR,
  cdt: -5 * HOUR,
  ct: -6 * HOUR,
  mst: -7 * HOUR,
  mdt: -6 * HOUR,
  mt: -7 * HOUR,
  pst: -8 * HOUR,
  pdt: -7 * HOUR,
  pt: -8 * HOUR,
  akst: -9 * HOUR,
  akdt: -8 * HOUR,
  hst: -10 * HOUR,
};

/** Minutes east of Greenwich of a zone as written: `+07:00`, `GMT+7`, `ICT`, `Z`; undefined when nobody knows it. */
export function zoneOffset(written: string): number | undefined {
  const text = written.replace(/[()[\]\s]/g, '').toLowerCase();
  const [, name = '', sign, hours = '', minutes = ''] =
    /^(gmt|utc?|z)?([+\-−–])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
  if (!sign) return NAMED[text] ?? military(text);
  void name;
  const offset = Number(hours) * 60 + Number(minutes || 0);
  // The widest zones in use are −12:00 and +14:00; some slack for the odd historical one.
  if (offset > 15 * HOUR || Number(minutes || 0) > 59) return undefined;
  return sign === '+' ? offset : -offset;
}

/** RFC 822's military letters were specified with the wrong sign; RFC 2822 says to take them as −0000. */
function military(text: string): number | undefined {
  return /^[a-ik-z]$/.test(text) ? 0 : undefined;
}
