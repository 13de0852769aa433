// Package dossiercsv reads dossiers from CSV files and reports every row it cannot read.
package dossiercsv
