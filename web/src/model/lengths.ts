// "10 min" for 600; nothing for no length.
export function lengthWords(seconds: number): string {
  if (seconds <= 0) return '';
  if (seconds % 86_400 === 0) return `${seconds / 86_400} ${seconds === 86_400 ? 'day' : 'days'}`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

const kUnits: Record<string, number> = { '': 1, s: 1, m: 60, min: 60, h: 3_600, d: 86_400, w: 604_800 };

// Seconds of "10m", "1h", "30"; 0: it isn't a length.
export function parseLength(text: string): number {
  const found = /^(\d{1,5})([a-z]*)$/.exec(text);
  if (!found) return 0;
  const number = Number(found[1]);
  const unit = kUnits[found[2]!];
  return unit && number >= 1 && number <= 10_000 ? number * unit : 0;
}
