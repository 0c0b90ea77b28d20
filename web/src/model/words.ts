// Times as people read them, in the browser's own language order and time zone.

const kTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const kDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const kDayOfYear = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const kFull = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
const kShort = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export function clock(at: number): string {
  return kTime.format(at);
}
// Of the local day, so that two times of one day have the same.
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
export function dayWords(at: number, wall: number): string {
  if (dayKey(at) === dayKey(wall)) return 'Today';
  if (dayKey(at) === dayKey(wall - 86_400_000)) return 'Yesterday';
  return new Date(at).getFullYear() === new Date(wall).getFullYear() ? kDay.format(at) : kDayOfYear.format(at);
}
export function fullTime(at: number): string {
  return kFull.format(at);
}
export function dateTime(at: number, wall: number): string {
  return dayKey(at) === dayKey(wall) ? clock(at) : kShort.format(at);
}
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
