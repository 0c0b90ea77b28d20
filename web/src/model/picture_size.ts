// Width and height of a PNG, GIF, WebP or JPEG by its first bytes, so that a small file that unfolds to gigabytes is never
// given to the browser. null: it is none of them, or too short to say.

export const kMostPixels = 64_000_000; // as on the desktop

export interface PictureSize {
  width: number;
  height: number;
}

function hasText(bytes: DataView, at: number, text: string): boolean {
  if (bytes.byteLength < at + text.length) return false;
  for (let i = 0; i < text.length; ++i) if (bytes.getUint8(at + i) !== text.charCodeAt(i)) return false;
  return true;
}

function webpSize(bytes: DataView): PictureSize | null {
  const has = (size: number): boolean => bytes.byteLength >= size;
  const int24 = (at: number): number => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16);
  if (hasText(bytes, 12, 'VP8X') && has(30)) return { width: int24(24) + 1, height: int24(27) + 1 };
  if (hasText(bytes, 12, 'VP8L') && has(25)) {
    const packed = bytes.getUint32(21, true);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (hasText(bytes, 12, 'VP8 ') && has(30)) return { width: bytes.getUint16(26, true) & 0x3fff, height: bytes.getUint16(28, true) & 0x3fff };
  return null;
}

// A frame may be larger than the screen that the head names, and browsers go by the larger: the first frame's size counts, too.
function gifSize(bytes: DataView): PictureSize | null {
  const size = { width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) };
  const flags = bytes.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  while (at + 9 < bytes.byteLength) {
    const kind = bytes.getUint8(at);
    if (kind === 0x2c) {
      const right = bytes.getUint16(at + 1, true) + bytes.getUint16(at + 5, true);
      const bottom = bytes.getUint16(at + 3, true) + bytes.getUint16(at + 7, true);
      return { width: Math.max(size.width, right), height: Math.max(size.height, bottom) };
    }
    if (kind !== 0x21) return null;
    at += 2;
    while (at < bytes.byteLength && bytes.getUint8(at) !== 0) at += 1 + bytes.getUint8(at);
    ++at;
  }
  return null;
}

// Segments up to the first that says the frame's size (SOF0 to SOF15, but for DHT, JPG and DAC).
function jpegSize(bytes: DataView): PictureSize | null {
  let at = 2;
  while (at + 9 < bytes.byteLength) {
    if (bytes.getUint8(at) !== 0xff) return null;
    const marker = bytes.getUint8(at + 1);
    if (marker === 0xff) {
      ++at;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: bytes.getUint16(at + 5), width: bytes.getUint16(at + 7) };
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const length = isAlone ? 0 : bytes.getUint16(at + 2);
    if (!isAlone && length < 2) return null;
    at += 2 + length;
  }
  return null;
}

export function pictureSize(buffer: ArrayBuffer): PictureSize | null {
  const bytes = new DataView(buffer);
  if (hasText(bytes, 0, '\x89PNG\r\n\x1a\n') && hasText(bytes, 12, 'IHDR') && bytes.byteLength >= 24)
    return { width: bytes.getUint32(16), height: bytes.getUint32(20) };
  if ((hasText(bytes, 0, 'GIF87a') || hasText(bytes, 0, 'GIF89a')) && bytes.byteLength >= 13) return gifSize(bytes);
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return webpSize(bytes);
  if (hasText(bytes, 0, '\xff\xd8')) return jpegSize(bytes);
  return null;
}

// Whether a browser may be given it.
export function isShowable(size: PictureSize | null): boolean {
  return size !== null && size.width > 0 && size.height > 0 && size.width * size.height <= kMostPixels;
}
