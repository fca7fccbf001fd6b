/** Has the work of one chat done one after another, whether it fails or not. */
export interface TurnsOfChats {
  take<Result>(chat: string, work: () => Promise<Result>): Promise<Result>;
}

export function createTurnsOfChats(): TurnsOfChats {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: async (chat, work) => {
      const turn = (last.get(chat) ?? Promise.resolve()).then(work, work);
      last.set(chat, turn);
      try {
        return await turn;
      } finally {
        if (last.get(chat) === turn) last.delete(chat);
      }
    },
  };
}
