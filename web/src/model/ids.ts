// Where ids come from. Given `random`, which fills with random bytes, it is a function of time alone.
export class IdSource {
  private last = 0;
  constructor(private readonly random: (bytes: Uint8Array) => void) {}

  // A UUIDv7: 48 bits of time, the rest random.
  uuid(wall: number): string {
    const bytes = new Uint8Array(16);
    this.random(bytes);
    let time = wall;
    for (let i = 5; i >= 0; --i) {
      bytes[i] = time % 256;
      time = Math.floor(time / 256);
    }
    bytes[6] = (bytes[6]! & 0x0f) | 0x70;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
  next(): number {
    return ++this.last;
  }
}
