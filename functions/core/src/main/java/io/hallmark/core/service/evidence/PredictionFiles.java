package io.hallmark.core.service.evidence;

import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.NoSuchElementException;

/** Opens the predictions that reports rest on: exactly the object version that was registered, checked while it is read. */
public final class PredictionFiles {

    private final Blobs blobs;

    public PredictionFiles(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * The bytes of the predictions. Whoever reads them to the end and gets no {@link Changed} has read the bytes that were
     * registered.
     *
     * @throws Blobs.ObjectGone if that object version is gone
     * @throws NoSuchElementException if the report has no predictions
     */
    public InputStream open(Report report) throws IOException {
        FileEntry file = report.predictions().orElseThrow();
        return new Checked(blobs.open(file.object(), 0), file);
    }

    /** The bytes are not those that were registered. */
    public static final class Changed extends IOException {

        private static final long serialVersionUID = 1L;

        Changed(FileEntry file, String found) {
            super("the file " + file.path() + " has " + found + ", registered were " + file.size()
                    + " bytes with SHA-256 " + file.sha256().hex());
        }
    }

    /** Hashes what is read, and at the end compares. */
    private static final class Checked extends FilterInputStream {

        private final FileEntry file;
        private final MessageDigest digest = Hashing.newSha256();
        private final long[] seen = new long[1];

        Checked(InputStream in, FileEntry file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                digest.update(buffer, offset, count);
                seen[0] += count;
            }
            if (seen[0] > file.size()) {
                throw new Changed(file, "more bytes");
            }
            if (count < 0) {
                check();
            }
            return count;
        }

        private void check() throws IOException {
            if (seen[0] != file.size()) {
                throw new Changed(file, seen[0] + " bytes");
            }
            Sha256 found = finish();
            if (!found.equals(file.sha256())) {
                throw new Changed(file, "SHA-256 " + found.hex());
            }
        }

        /** The digest so far; the end may be read more than once. */
        private Sha256 finish() throws IOException {
            try {
                return Hashing.finish((MessageDigest) digest.clone());
            } catch (CloneNotSupportedException impossible) {
                throw new IOException("this platform cannot copy a running SHA-256", impossible);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 1 << 16)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
