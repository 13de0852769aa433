package contracts

// Known reports whether an edit is one of the constants. The empty Edit, which in a use
// means as it is, is none.
func (e Edit) Known() bool {
	switch e {
	case EditCrop, EditCutdown, EditNew:
		return true
	}
	return false
}

// Known reports whether a likeness is one of the constants, LikenessAsPosted with them.
func (l Likeness) Known() bool {
	switch l {
	case LikenessAsPosted, LikenessImage, LikenessVoice:
		return true
	}
	return false
}

// Known reports whether a use by machines is one of the constants. The empty AIUse, which
// in a use means none, is not.
func (u AIUse) Known() bool {
	switch u {
	case AITraining, AIReplica:
		return true
	}
	return false
}

// Known reports whether a licensee is one of the constants, TheBrand with them.
func (l Licensee) Known() bool {
	switch l {
	case TheBrand, ByAgency, ByAffiliates, ByRetailers:
		return true
	}
	return false
}

// Known reports whether a status is one of the constants.
func (s PermissionStatus) Known() bool {
	switch s {
	case PermissionPending, PermissionActive, PermissionRevoked, PermissionExpired:
		return true
	}
	return false
}
