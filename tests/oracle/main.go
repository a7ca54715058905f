// Verify checks receipts and consistency proofs with Go's own log packages. It shares no code with Quorate.
//
//	verify receipt log.vkey entry receipt.tlog-proof
//	verify consistency log.vkey old-checkpoint new-checkpoint proof
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	switch {
	case len(os.Args) == 5 && os.Args[1] == "receipt":
		checkReceipt(verifier(os.Args[2]), read(os.Args[3]), read(os.Args[4]))
	case len(os.Args) == 6 && os.Args[1] == "consistency":
		checkConsistency(verifier(os.Args[2]), read(os.Args[3]), read(os.Args[4]), read(os.Args[5]))
	default:
		fmt.Fprintln(os.Stderr, "usage: verify receipt|consistency log.vkey ...")
		os.Exit(2)
	}
	fmt.Println("OK")
}

// checkReceipt: the file is a C2SP tlog-proof v1, and its proof leads from the entry to the signed root.
func checkReceipt(v note.Verifier, entry, file string) {
	head, checkpoint, ok := strings.Cut(file, "\n\n")
	demand(ok, "no checkpoint")
	lines := strings.Split(head, "\n")
	demand(lines[0] == "c2sp.org/tlog-proof@v1", "header")
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	number, ok := strings.CutPrefix(lines[0], "index ")
	demand(ok, "index")
	index, err := strconv.ParseInt(number, 10, 64)
	must(err)
	tree := open(v, checkpoint)
	must(tlog.CheckRecord(hashes(lines[1:]), tree.N, tree.Hash, index, tlog.RecordHash([]byte(entry))))
}

// checkConsistency: the newer tree begins with the older one. The proof is a hash in base64 on each line.
func checkConsistency(v note.Verifier, older, newer, proof string) {
	from, to := open(v, older), open(v, newer)
	path := hashes(strings.Fields(proof))
	must(tlog.CheckTree(path, to.N, to.Hash, from.N, from.Hash))
}

func open(v note.Verifier, checkpoint string) tlog.Tree {
	n, err := note.Open([]byte(checkpoint), note.VerifierList(v))
	must(err)
	lines := strings.Split(n.Text, "\n")
	demand(len(lines) == 4 && lines[0] == v.Name(), "origin")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

func hashes(lines []string) []tlog.Hash {
	var path []tlog.Hash
	for _, line := range lines {
		h, err := tlog.ParseHash(line)
		must(err)
		path = append(path, h)
	}
	return path
}

func verifier(path string) note.Verifier {
	v, err := note.NewVerifier(strings.TrimSpace(read(path)))
	must(err)
	return v
}

func read(path string) string {
	b, err := os.ReadFile(path)
	must(err)
	return string(b)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "FAIL:", err)
		os.Exit(1)
	}
}

func demand(ok bool, what string) {
	if !ok {
		must(fmt.Errorf("malformed: %s", what))
	}
}
