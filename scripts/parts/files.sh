# The files of the project, one a line, without what is built. Sourced, never run.

# What git would commit, so that a file nobody has added yet is checked too; where there is no git
# (a source archive), whatever is there.
project_files() {
  if command -v git >/dev/null && git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
      if [[ -f "$file" ]]; then printf '%s\n' "$file"; fi
    done | sort -u
  else
    find . -type d \( -name build -o -name node_modules -o -name .git -o -name .cache -o -name __pycache__ \) -prune \
      -o -type f -print | sed 's#^\./##' | sort
  fi
}
