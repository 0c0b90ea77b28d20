import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const kQuiet = 4; // fields of nothing around it, without which some cameras don't find it

// Made in the browser: what it says goes nowhere. While it is loaded, or where it can't be, there is nothing, and the key
// beside it does as well.
export function QrCode({ text, label }: { text: string; label: string }): JSX.Element | null {
  const [drawn, setDrawn] = useState<{ of: string; path: string; size: number } | null>(null);
  useEffect(() => {
    let isWanted = true;
    import('./qr_path.ts').then(({ qrPath }) => { if (isWanted) setDrawn({ of: text, ...qrPath(text) }); }).catch(() => {});
    return () => { isWanted = false; };
  }, [text]);
  if (drawn?.of !== text) return null;
  const side = drawn.size + 2 * kQuiet;
  return (
    <svg class="qr" viewBox={`${-kQuiet} ${-kQuiet} ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={drawn.path} />
    </svg>
  );
}
