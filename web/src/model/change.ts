import type { Events, Message } from '../wire/catalogue.ts';

// What an event does to a message that is known. A message that isn't known stays unknown.
export type Change =
  | { method: 'message.edited'; params: Events['message.edited'] }
  | { method: 'message.deleted'; params: Events['message.deleted'] }
  | { method: 'message.restored'; params: Events['message.restored'] }
  | { method: 'message.reacted'; params: Events['message.reacted'] }
  | { method: 'message.pinned'; params: Events['message.pinned'] }
  // A reply more or fewer under a root; `seq` is the reply's, and not a number of the room's own.
  | { method: 'thread.changed'; params: Events['thread.changed'] & { seq: number } };

export function messageOf(change: Change): number {
  if (change.method === 'thread.changed') return change.params.root;
  return change.method === 'message.restored' ? change.params.message.seq : change.params.message;
}

// Of a tombstone nothing is kept but who took it away and why.
export function stripTombstone(message: Message): Message {
  if (!message.deleted) return message;
  const { reactions, pinned, edited_at, files, ...rest } = message;
  return { ...rest, text: '' };
}

function withReaction(message: Message, { user, emoji, on }: Events['message.reacted']): Message {
  const reactions = (message.reactions ?? []).map((one) => ({ ...one, users: [...one.users] }));
  let entry = reactions.find((one) => one.emoji === emoji);
  if (on && !entry) reactions.push((entry = { emoji, users: [] }));
  if (on && entry && !entry.users.includes(user)) entry.users.push(user);
  if (!on && entry) entry.users = entry.users.filter((one) => one !== user);
  return { ...message, reactions: reactions.filter((one) => one.users.length > 0) };
}

export function applyChange(message: Message, change: Change): Message {
  const { seq } = change.params;
  if ((message.changed ?? 0) >= seq) return message;
  const changed = { ...message, changed: seq };
  switch (change.method) {
    case 'message.edited':
      return { ...changed, text: change.params.text, edited_at: change.params.at };
    case 'message.deleted': {
      const { by, reason } = change.params;
      return stripTombstone({ ...changed, deleted: true, deleted_by: by, ...(reason && { delete_reason: reason }) });
    }
    case 'message.restored':
      return { ...change.params.message, changed: Math.max(seq, change.params.message.changed ?? 0) };
    case 'message.reacted':
      return withReaction(changed, change.params);
    case 'message.pinned':
      return { ...changed, pinned: change.params.on };
    case 'thread.changed': {
      const { replies: _, ...rest } = changed;
      return { ...rest, ...(change.params.replies && { replies: change.params.replies }) };
    }
  }
}
