# Sourced by what runs the documents' blocks of code: packaging/try-operations.sh, tests/e2e/ctl/ctl_tasks.sh.
# shellcheck shell=bash

# blocks_of DOCUMENT: each line of its fenced code, behind its block's name and a tab. The name is made of the headings and
# the block's number under them: 5_people_2, sixteen_tasks__1_install_1.
blocks_of() {
  awk '
    function slug(text) {
      text = tolower(text)
      gsub(/[^a-z0-9]+/, "_", text)
      gsub(/^_|_$/, "", text)
      return text
    }
    /^```/ {
      code = !code
      if (code) name = chapter (section == "" ? "" : "__" section) "_" ++number
      next
    }
    code { print name "\t" $0; next }
    /^## / { chapter = slug(substr($0, 4)); section = ""; number = 0 }
    /^### / { section = slug(substr($0, 5)); number = 0 }
    END { if (code) { print "The last block has no end." > "/dev/stderr"; exit 1 } }' "$1"
}
