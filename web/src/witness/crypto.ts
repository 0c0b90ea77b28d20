import type { Bytes } from './bytes.ts';
import { fromHex, fromText, joined } from './bytes.ts';

// What the browser itself computes.

export async function sha256(...parts: Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
}

// False also where the browser has no Ed25519, which canCheck() finds out first, and where the key is none.
export async function hasSigned(key: Bytes, text: string, signature: Bytes): Promise<boolean> {
  if (signature.length !== 64) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, fromText(text));
  } catch {
    return false;
  }
}

// By a published signature (RFC 8032 section 7.1, test 2), and by one that is wrong: an engine that takes everything is
// no better than one that can't.
export async function canCheck(): Promise<boolean> {
  const key = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')!;
  const signature = fromHex('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00')!;
  return (await hasSigned(key, 'r', signature)) && !(await hasSigned(key, 's', signature));
}
