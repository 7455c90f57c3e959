/** The browser's own files, in memory: they survive `wipe()`, as they survive a database that the browser threw away. */

type Handle = { kind: "file"; name: string; getFile: () => Promise<Blob>; createWritable: () => Promise<unknown> };

const folders = new Map<string, Map<string, ArrayBuffer>>();

function handleOf(folder: Map<string, ArrayBuffer>, name: string): Handle {
  return {
    kind: "file",
    name,
    getFile: () => Promise.resolve(new Blob([folder.get(name) ?? new ArrayBuffer(0)])),
    createWritable: () =>
      Promise.resolve({
        write: (bytes: ArrayBuffer) => Promise.resolve(void folder.set(name, bytes)),
        close: () => Promise.resolve(),
      }),
  };
}

export function filesOf(userId: string): Map<string, ArrayBuffer> {
  return folders.get(`spares-${userId}`) ?? new Map<string, ArrayBuffer>();
}

export function withFiles(): void {
  folders.clear();
  const root = {
    getDirectoryHandle: (folderName: string, { create }: { create: boolean }) => {
      if (!folders.has(folderName) && !create) return Promise.reject(new DOMException("", "NotFoundError"));
      const folder = folders.get(folderName) ?? new Map<string, ArrayBuffer>();
      folders.set(folderName, folder);
      return Promise.resolve({
        getFileHandle: (name: string) => Promise.resolve(handleOf(folder, name)),
        removeEntry: (name: string) => Promise.resolve(void folder.delete(name)),
        async *values() {
          for (const name of [...folder.keys()]) yield handleOf(folder, name);
        },
      });
    },
  };
  Object.assign(navigator, { storage: { getDirectory: () => Promise.resolve(root) } });
}
